package io.taskweaver.agents.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Lookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkRemainsTest {
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);

    @TempDir
    Path temporary;

    private ScriptedAgents agents;

    @BeforeEach
    void open() {
        agents = new ScriptedAgents(temporary);
    }

    @AfterEach
    void close() {
        agents.close();
    }

    private Path work() {
        return temporary.resolve("runs");
    }

    private Path folder(String name) throws Exception {
        return Files.createDirectories(work().resolve("fake").resolve(name));
    }

    private static void age(Path path, Duration age) throws Exception {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
    }

    private List<Path> removed(List<Attempt> running, List<Attempt> over, List<Attempt> unfinished) throws Exception {
        return new WorkRemains(work(), false)
                .removeRuns(running, () -> new WorkRemains.Known(over, unfinished, List.of("archived")));
    }

    /** A check as a killed executor leaves it: its process goes on, and nobody holds its lock. */
    private Path leftCheck() throws Exception {
        var left = Files.createDirectories(work().resolve("verify/plan.FR-1.1." + UUID.randomUUID()));
        Files.createFile(left.resolve("lock"));
        var run = new RunFolder(left);
        Files.writeString(run.stdin(), "");
        new CommandProcess(run).start(List.of("bash", "-c", "sleep 600"), left, System.getenv());
        return left;
    }

    @Test
    void the_check_of_a_killed_executor_is_ended_and_its_folder_removed() throws Exception {
        var left = leftCheck();
        var process = ProcessHandle.of(new RunFolder(left).pid().orElseThrow()).orElseThrow();

        assertThat(new WorkRemains(work(), false).removeChecks()).containsExactly(left);

        assertThat(left).doesNotExist();
        await().atMost(20, SECONDS).until(() -> !process.isAlive());
    }

    @Test
    void the_check_of_a_living_executor_stays() throws Exception {
        var check = new CheckFolder(work().resolve("verify"), "plan/FR-1/1");
        var code = agents.code(Map.of("a.txt", "a"), "");
        var preparation = new TreePreparation(
                temporary.resolve("setups"), TreePreparation.MOST, ScriptedAgents.NO_SANDBOX, System.getenv());
        check.make(code, preparation, Duration.ofSeconds(20));
        var making = Files.createDirectories(work().resolve("contract/plan.FR-2.1." + UUID.randomUUID()));

        assertThat(new WorkRemains(work(), false).removeChecks()).isEmpty();
        assertThat(check.run().work()).isDirectory();
        assertThat(making).isDirectory();

        check.close(false);
        age(making, Duration.ofHours(1));
        assertThat(new WorkRemains(work(), false).removeChecks()).containsExactly(making);
        assertThat(work().resolve("verify")).isEmptyDirectory();
    }

    @Test
    void a_run_stays_until_its_attempt_is_over() throws Exception {
        Optional<AgentCode> code = Optional.of(agents.code(Map.of("a.txt", "a"), ""));
        var agent = agents.agent("sleep 600", Map.of());
        agents.started(agent, ATTEMPT, new Assignment("# Do it", code));
        var folder = work().resolve("fake/plan.FR-1.1");
        assertThat(work().resolve("fake/plan.FR-1.1.lock")).exists();

        assertThat(removed(List.of(), List.of(), List.of(ATTEMPT))).isEmpty();
        assertThat(removed(List.of(ATTEMPT), List.of(ATTEMPT), List.of())).isEmpty();
        assertThat(removed(List.of(), List.of(new Attempt("plan", "FR-1", 11)), List.of()))
                .isEmpty();
        assertThat(agent.find(ATTEMPT)).isInstanceOf(Lookup.Found.class);
        var process =
                ProcessHandle.of(new RunFolder(folder).pid().orElseThrow()).orElseThrow();
        assertThat(process.isAlive()).isTrue();

        assertThat(removed(List.of(), List.of(ATTEMPT), List.of())).containsExactly(folder);

        assertThat(work().resolve("fake")).isEmptyDirectory();
        assertThat(agent.find(ATTEMPT)).isInstanceOf(Lookup.Absent.class);
        await().atMost(20, SECONDS).until(() -> !process.isAlive());
    }

    @Test
    void folders_of_archived_plans_go_and_of_unknown_ones_when_they_are_old() throws Exception {
        var archived = folder("archived.FR-1.1");
        var similar = folder("archived-2.FR-1.1");
        var unknown = folder("elsewhere.FR-1.1");
        var old = folder("elsewhere.FR-2.1");
        var paid = folder("plan.FR-1.1");
        var removing = folder(UUID.randomUUID() + ".removed");
        for (var path : List.of(old, paid)) age(path, Duration.ofDays(100));

        assertThat(removed(List.of(), List.of(), List.of(ATTEMPT))).containsExactlyInAnyOrder(archived, old, removing);

        assertThat(work().resolve("fake").toFile().listFiles())
                .containsExactlyInAnyOrder(similar.toFile(), unknown.toFile(), paid.toFile());
    }

    @Test
    void folders_that_are_to_be_kept_are_kept() throws Exception {
        folder("plan.FR-1.1");
        var keeping = new WorkRemains(work(), true);
        assertThat(keeping.removeRuns(List.of(), () -> new WorkRemains.Known(List.of(ATTEMPT), List.of(), List.of())))
                .isEmpty();
        assertThat(work().resolve("fake/plan.FR-1.1")).isDirectory();
    }
}
