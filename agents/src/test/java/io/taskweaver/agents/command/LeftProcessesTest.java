package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a command without a sandbox leaves running, however it hides where it came from. */
@EnabledOnOs(OS.LINUX)
class LeftProcessesTest {
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path temporary;

    /** An argument by which the processes of one test are known. */
    private final String seconds = "7" + System.nanoTime();

    private ScriptedAgents agents;

    @BeforeEach
    void open() {
        agents = new ScriptedAgents(temporary);
    }

    @AfterEach
    void close() {
        agents.close();
        alive().forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> alive() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(seconds::equals))
                .toList();
    }

    /** It has no environment, folder, files, session and parent of the run any more. */
    private String hidden() {
        return "(cd /; setsid env -i bash -c 'exec -a innocent sleep " + seconds
                + "' >/dev/null 2>&1 </dev/null &); until pgrep -f 'innocent " + seconds
                + "' >/dev/null; do sleep 0.05; done; ";
    }

    private void thenNoneIsAlive() {
        await().atMost(LONG).untilAsserted(() -> assertThat(alive()).isEmpty());
    }

    private String summary(String script) throws Exception {
        var outcome = agents.run(
                agents.agent(script, Map.of()), ATTEMPT, Optional.of(agents.code(Map.of("a.txt", "a\n"), "")));
        assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
        return ((Outcome.Succeeded) outcome).summary();
    }

    @Test
    void a_process_without_environment_in_a_session_of_its_own_is_named_and_stopped() throws Exception {
        assertThat(summary(hidden() + "echo done"))
                .isEqualTo("done\nIt left processes running, which were stopped: sleep.");
        thenNoneIsAlive();
    }

    @Test
    void a_daemon_that_closed_all_its_files_is_named_and_stopped() throws Exception {
        assumeTrue(Capabilities.find("python3", System.getenv()).isPresent(), "no Python here");
        var ready = temporary.resolve("ready");
        var daemon = Files.writeString(temporary.resolve("daemon.py"), """
                import os
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0:
                        os.chdir('/')
                        open('%s', 'w').close()
                        os.closerange(0, 256)
                        os.execve('/bin/sleep', ['innocent', '%s'], {})
                    os._exit(0)
                """.formatted(ready, seconds));

        assertThat(summary("python3 " + daemon + "; until [ -e " + ready + " ]; do sleep 0.05; done; echo done"))
                .startsWith("done\nIt left processes running, which were stopped: ");
        thenNoneIsAlive();
    }

    @Test
    void what_a_check_left_is_stopped() throws Exception {
        var run = new RunFolder(Files.createDirectories(temporary.resolve("run")));
        Files.writeString(run.stdin(), "");

        assertThat(new CheckCommand(run, new Environment(System.getenv()), ScriptedAgents.NO_SANDBOX)
                        .run(List.of("bash", "-c", hidden()), temporary, LONG))
                .isInstanceOfSatisfying(
                        CheckCommand.End.Exited.class,
                        end -> assertThat(end.code()).isZero());
        thenNoneIsAlive();
    }

    @Test
    void an_executor_that_takes_the_run_over_stops_it_too() throws Exception {
        var go = temporary.resolve("go");
        var agent = agents.agent(hidden() + "until [ -e " + go + " ]; do sleep 0.05; done; echo done", Map.of());
        var run = agents.started(agent, ATTEMPT, Assignment.of("Do it"));
        Files.createFile(go);
        await().atMost(LONG).until(() -> !alive().isEmpty());

        var outcome = agents.again(System.getenv()).await(run, LONG, message -> {});

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Succeeded.class,
                        done -> assertThat(done.summary())
                                .contains("It left processes running, which were stopped: sleep."));
        thenNoneIsAlive();
    }

    @Test
    void a_run_that_is_cancelled_leaves_none() throws Exception {
        var agent = agents.agent(hidden() + "sleep " + seconds, Map.of());
        var run = agents.started(agent, ATTEMPT, Assignment.of("Do it"));
        await().atMost(LONG).until(() -> alive().size() >= 2);

        agent.cancel(run);

        thenNoneIsAlive();
    }

    @Test
    void one_whose_script_was_killed_leaves_none() throws Exception {
        assertThat(agents.run(
                        agents.agent(hidden() + "kill -9 $PPID $$", Map.of()),
                        ATTEMPT,
                        Optional.of(agents.code(Map.of("a.txt", "a\n"), ""))))
                .isInstanceOf(Outcome.InfraFailed.class);
        thenNoneIsAlive();
    }

    @Test
    void processes_of_other_runs_are_left_alone() throws Exception {
        var run = new RunFolder(Files.createDirectories(temporary.resolve("one")));
        Files.writeString(run.stdin(), "");
        var script = new CommandProcess(run).start(List.of("sleep", seconds), temporary, System.getenv());

        await().atMost(LONG)
                .untilAsserted(() -> assertThat(new RunProcesses(run).running())
                        .extracting(RunProcesses::program)
                        .containsExactly("sleep"));
        var other = new RunFolder(Files.createDirectories(temporary.resolve("two")));
        assertThat(new CommandProcess(other).sweep()).isEmpty();
        assertThat(alive()).isNotEmpty();

        new CommandProcess(run).stop();
        assertThat(script.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        thenNoneIsAlive();
    }

    @Test
    void where_the_limit_cannot_be_set_those_are_found_that_use_the_folder_and_began_later() throws Exception {
        var run = new RunFolder(Files.createDirectories(temporary.resolve("run")));
        var builder = new ProcessBuilder("sleep", seconds).directory(run.path().toFile());
        builder.environment().clear();
        var began = builder.start().info().startInstant().orElseThrow();
        run.processBegan(began);
        assertThat(new RunProcesses(run).running()).as("the run has marks").isEmpty();

        Files.createFile(run.path().resolve("unmarked"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(new RunProcesses(run).running())
                        .extracting(RunProcesses::program)
                        .containsExactly("sleep"));

        run.processBegan(began.plusSeconds(5));
        assertThat(new RunProcesses(run).running()).as("it was there before").isEmpty();
    }
}
