package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.SpecFiles;
import io.taskweaver.agents.command.CommandFiles;
import io.taskweaver.agents.command.CommandSettings;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published of what attempts print, and what is not. */
class AttemptOutputTest {
    private static final Attempt ATTEMPT = Some.attempt(1);
    private static final String BROUGHT = "hunter2-of-the-database";
    private static final String CONFIGURED = "sk-0123456789abcdef";

    @TempDir
    Path folder;

    private final World world = new World();
    private Optional<CodingAgent> scripted = Optional.empty();
    private final World.Host executor = world.executor("e1", -1);

    @AfterEach
    void close() {
        scripted.ifPresent(CodingAgent::close);
        executor.outputs.close();
    }

    /** Runs a script of bash as an agent. */
    private AttemptRun.Result run(String script) throws Exception {
        var files = Files.createDirectories(folder.resolve("agents"));
        var file = Files.writeString(files.resolve("script.sh"), script);
        Files.writeString(files.resolve("fake.yaml"), """
            command: [bash, '%s']
            environment: {MODEL_API_KEY: %s}
            """.formatted(file, CONFIGURED));
        scripted = Optional.of(new CommandFiles(new SpecFiles(CommandFiles.presets(), Optional.of(files)))
                .agent("fake", CommandSettings.in(folder.resolve("work"), false), System.getenv()));
        executor.agent = scripted.get();
        executor.secrets = ExecutorSecrets.of(List.of(scripted.get()), Map.of());
        return executor.run(ready());
    }

    private static IssuedAttempt ready() throws Exception {
        var ready = Some.ready(ATTEMPT, false);
        var event = ready.event();
        var issued = new TaskReady(
                event.meta(),
                event.task(),
                event.attempt(),
                event.agent(),
                event.timeout(),
                event.urgency(),
                event.feedback(),
                event.reissued(),
                event.verify(),
                event.ticket(),
                Optional.of(brought()),
                false,
                Optional.empty(),
                Optional.empty());
        return new IssuedAttempt(issued, false, ready.trace(), 0, 0);
    }

    private static Preparation brought() throws Exception {
        var code = SomeCode.REPOSITORY;
        var text = "DB_PASSWORD=" + BROUGHT + "\n";
        var entry = code.file(text.getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
        var tree = code.edit(
                code.emptyTree(), List.of(new EntryChange("files/.env", Optional.empty(), Optional.of(entry))));
        var commit = code.commit(tree, List.of(), "Brought", Instant.EPOCH);
        return Preparation.NONE.bringing(List.of(".env"), commit);
    }

    private String printed(OutputSource source) {
        return world.printed.stream()
                .filter(part -> part.source() == source)
                .map(TaskOutput::text)
                .collect(Collectors.joining());
    }

    @Test
    void of_a_short_attempt_that_succeeds_nothing_is_published() throws Exception {
        run("cat >/dev/null; echo said; echo 1 >file.txt");
        assertThat(world.published).singleElement().isInstanceOf(TaskCompleted.class);
        assertThat(world.printed).isEmpty();
    }

    @Test
    void of_a_failed_one_all_that_it_printed_is_published_once() throws Exception {
        run("cat >/dev/null; echo said; echo wrong >&2; exit 3");
        assertThat(world.published).singleElement().isInstanceOf(TaskFailed.class);
        assertThat(world.printed).singleElement().satisfies(part -> {
            assertThat(part.text()).isEqualTo("said\nwrong\n");
            assertThat(part.last()).isTrue();
            assertThat(part.position()).isZero();
        });
    }

    @Test
    void what_a_long_one_prints_is_published_while_it_runs() throws Exception {
        var go = folder.resolve("go");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var run = threads.submit(
                    () -> run("cat >/dev/null; echo early; until [ -e " + go + " ]; do sleep 0.1; done; echo late"));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !world.printed.isEmpty());
            assertThat(world.printed.getFirst().text()).isEqualTo("early\n");
            assertThat(world.published).isEmpty();
            Files.writeString(go, "");
            run.get();
        }
        assertThat(printed(OutputSource.AGENT)).isEqualTo("early\nlate\n");
        assertThat(world.printed.getLast().last()).isTrue();
    }

    @Test
    void secrets_are_in_nothing_that_is_published_in_whichever_form_they_are_printed() throws Exception {
        run("""
            cat >/dev/null
            . ./.env
            echo "plain $DB_PASSWORD $MODEL_API_KEY"
            printf '%s' "${DB_PASSWORD:0:5}"; sleep 0.5; printf 'noise\n' >&2; printf '%s\n' "${DB_PASSWORD:5}"
            base64 -w 20 .env
            printf 'x%s' "$MODEL_API_KEY" | base64
            exit 1
            """);
        var failed = (TaskFailed) world.published.getFirst();
        assertThat(printed(OutputSource.AGENT)).contains("plain *** ***", "noise", "***\n");
        for (var text : List.of(failed.reason(), printed(OutputSource.AGENT)))
            assertThat(text.replaceAll("\\s", ""))
                    .doesNotContain(BROUGHT, CONFIGURED, BROUGHT.substring(5), "aHVudGVyMi1vZi", "c2stMDEyMzQ1Njc4");
    }

    @Test
    void a_result_with_a_secret_in_a_file_is_refused_with_the_name_of_the_secret() throws Exception {
        run("cat >/dev/null; . ./.env; echo \"connect('$DB_PASSWORD')\" >db.js");
        assertThat(world.published).singleElement().isInstanceOfSatisfying(TaskFailed.class, failed -> {
            assertThat(failed.reason())
                    .contains("db.js has DB_PASSWORD of .env")
                    .doesNotContain(BROUGHT);
        });
        assertThat(world.packs).isEmpty();
    }
}
