package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.SpecFiles;
import io.taskweaver.agents.command.CommandFiles;
import io.taskweaver.agents.command.CommandSettings;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an attempt, and of what it paid for, while storage of this machine cannot be used. */
@EnabledOnOs(OS.LINUX)
class StorageWaitTest {
    private static final Attempt ATTEMPT = Some.attempt(1);
    /** Reading it from the beginning fails as that of a broken disk does. */
    private static final String BROKEN = "/proc/self/mem";

    @TempDir
    Path folder;

    private final World world = new World();
    private final List<CodingAgent> agents = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    @AfterEach
    void close() {
        agents.forEach(CodingAgent::close);
    }

    /** An executor whose agent is a script of bash that notes each of its runs. */
    private World.Host executor(String name, String script) throws IOException {
        var files = Files.createDirectories(folder.resolve("agents"));
        var file = Files.writeString(files.resolve("script.sh"), "echo run >>" + ledger() + "\n" + script);
        Files.writeString(files.resolve("fake.yaml"), "command: [bash, '" + file + "']\n");
        var agent = new CommandFiles(new SpecFiles(CommandFiles.presets(), Optional.of(files)))
                .agent("fake", CommandSettings.in(folder.resolve("data/work"), false), System.getenv());
        agents.add(agent);
        var executor = world.executor(name, -1);
        executor.agent = agent;
        executor.checks = folder.resolve("data/check");
        return executor;
    }

    private Path ledger() {
        return folder.resolve("ledger");
    }

    /** The disk is repaired, or has room again, after some pauses. */
    private AttemptRun.Pause until(int tries, Runnable repair) {
        return time -> {
            pauses.add(time);
            if (pauses.size() == tries) repair.run();
        };
    }

    private IssuedAttempt verifiedBy(String command) {
        return Some.ready(ATTEMPT, false, Optional.of(command), Optional.of("ticket"));
    }

    private static void touch(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void thenItIsDoneByOneRun() {
        assertThat(ledger()).hasContent("run\n");
        assertThat(world.published)
                .singleElement()
                .isInstanceOfSatisfying(
                        TaskCompleted.class,
                        completed -> assertThat(completed.code().orElseThrow().changes())
                                .extracting(EntryChange::path)
                                .containsExactly("x.txt"));
    }

    @Test
    void a_paid_result_whose_verification_finds_the_disk_broken_is_verified_again_after_growing_pauses()
            throws Exception {
        var repaired = folder.resolve("repaired");
        var executor = executor("e1", "echo x >x.txt");
        executor.pause = until(8, () -> touch(repaired));

        executor.run(verifiedBy("[ -e " + repaired + " ] || ln -sf " + BROKEN + " $TASKWEAVER_RUN/output"));

        thenItIsDoneByOneRun();
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(world.progressed)
                .contains("The result could not be verified: the disk reports an error (see dmesg). Check the disk, or"
                        + " choose a folder on another one. The attempt goes on from here by itself, and no agent is"
                        + " paid again.");
    }

    @Test
    void a_run_whose_result_cannot_be_read_is_read_again() throws Exception {
        var output = folder.resolve("data/work/fake/shop.FR-001.1/output");
        var executor = executor("e1", "echo x >x.txt; ln -sf " + BROKEN + " $TASKWEAVER_RUN/output");
        executor.pause = until(2, () -> {
            try {
                Files.delete(output);
                Files.writeString(output, "I wrote x.\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        executor.run(Some.ready(ATTEMPT, false));

        thenItIsDoneByOneRun();
        assertThat(pauses).hasSize(2);
    }

    @Test
    void an_executor_that_starts_while_the_disk_is_repaired_goes_on_with_the_same_result() throws Exception {
        var repaired = folder.resolve("repaired");
        var verify = "[ -e " + repaired + " ] || ln -sf " + BROKEN + " $TASKWEAVER_RUN/output";
        var first = executor("e1", "echo x >x.txt");
        first.pause = time -> {
            throw new World.Crash();
        };
        assertThatThrownBy(() -> first.run(verifiedBy(verify))).isInstanceOf(World.Crash.class);
        assertThat(world.published).isEmpty();
        touch(repaired);

        executor("e2", "echo x >x.txt").run(verifiedBy(verify));

        thenItIsDoneByOneRun();
    }

    @Test
    void a_disk_that_is_full_when_the_agent_ends_loses_nothing_of_what_it_did() throws Exception {
        var data = Files.createDirectories(folder.resolve("data"));
        var mounted = exit("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", data.toString()) == 0;
        assumeTrue(mounted, "this user may not mount a file system");
        try {
            var filler = data.resolve("filler");
            var executor = executor("e1", "echo x >x.txt; cat /dev/zero >" + filler + "; true");
            executor.pause = until(3, () -> filler.toFile().delete());

            executor.run(verifiedBy("grep -q x x.txt"));

            thenItIsDoneByOneRun();
            assertThat(world.progressed)
                    .anySatisfy(message -> assertThat(message)
                            .contains("the disk is full, or has no inodes left (see df -h and df -i). Free space."));
        } finally {
            agents.forEach(CodingAgent::close);
            exit("umount", "-l", data.toString());
        }
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** An agent that finds the disk full some times, before a run is created and while it is awaited. */
    private static final class Unlucky implements CodingAgent {
        private int creations;
        private int awaited;

        private static Outcome.InfraFailed full() {
            return Outcome.InfraFailed.of("Agent fake cannot work here", new IOException("No space left on device"));
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Lookup find(Attempt attempt) {
            return new Lookup.Absent();
        }

        @Override
        public Creation create(Attempt attempt, Assignment assignment) {
            return ++creations < 3 ? new Creation.Refused(full()) : new Creation.Created("run");
        }

        @Override
        public Outcome await(String runId, Duration limit, RunListener listener) {
            listener.printed(++awaited == 1 ? "one, " : "one, two");
            return awaited < 3 ? full() : FakeAgent.SUCCESS;
        }

        @Override
        public void cancel(String runId) {}

        @Override
        public void close() {}
    }

    @Test
    void a_run_that_cannot_be_created_for_a_full_disk_is_created_later_and_no_attempt_is_used_up() throws Exception {
        var unlucky = new Unlucky();
        var executor = world.executor("e1", -1);
        executor.agent = unlucky;
        executor.pause = until(0, () -> {});

        executor.run(Some.ready(ATTEMPT, false));

        assertThat(world.published).singleElement().isInstanceOf(TaskCompleted.class);
        assertThat(unlucky.creations).isEqualTo(3);
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 1L, 2L);
    }

    @Test
    void what_a_run_printed_is_passed_on_once_however_often_it_is_awaited() {
        var told = new StringBuilder();
        var listener = new RepeatedListener(new RunListener() {
            @Override
            public void active(String message) {}

            @Override
            public void printed(String text) {
                told.append(text);
            }

            @Override
            public void skipped(long characters) {
                told.append('<').append(characters).append('>');
            }
        });
        listener.printed("one, ");
        listener.begin();
        listener.printed("on");
        listener.printed("e, two");
        listener.skipped(5);
        listener.begin();
        listener.printed("one, two");
        listener.skipped(7);
        listener.printed("!");

        assertThat(told).hasToString("one, two<5><2>!");
    }

    @Test
    void only_what_may_pass_is_waited_for() {
        var full = Outcome.InfraFailed.of("It failed", new IOException("No space left on device"));
        assertThat(full.storage()).contains(StorageFailure.FULL);
        assertThat(full.reason())
                .isEqualTo("It failed: the disk is full, or has no inodes left (see df -h and df -i). Free space.");
        assertThat(StorageWait.ofStorage(Optional.of(full))).contains(full);
        assertThat(Outcome.InfraFailed.of("It failed", new IOException("Permission denied"))
                        .storage())
                .isEmpty();
        assertThat(StorageWait.ofStorage(Optional.of(new Outcome.InfraFailed("no answer"))))
                .isEmpty();
        assertThat(StorageWait.ofStorage(Optional.of(FakeAgent.SUCCESS))).isEmpty();
    }
}
