package io.taskweaver.agents.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandProcessTest {
    @TempDir
    Path folder;

    @Test
    void the_files_of_the_output_exist_when_the_command_has_started() throws Exception {
        var run = new RunFolder(folder);
        // The shell opens it before the files of the output, and waits there until somebody writes.
        assertThat(new ProcessBuilder("mkfifo", run.stdin().toString()).start().waitFor())
                .isZero();

        var script = new CommandProcess(run).start(List.of("cat"), folder, System.getenv());

        assertThat(run.output()).isEmptyFile();
        assertThat(run.errors()).isEmptyFile();
        Files.writeString(run.stdin(), "typed");
        assertThat(script.waitFor(20, SECONDS)).isTrue();
        assertThat(run.output()).hasContent("typed");
        assertThat(run.exit()).contains(0);
    }

    /** Whoever is interrupted as soon as the command runs, most often waits just then for its process id. */
    @RepeatedTest(10)
    void a_command_that_runs_survives_whoever_is_interrupted_while_it_starts() throws Exception {
        var run = new RunFolder(folder);
        Files.writeString(run.stdin(), "");
        var failure = new AtomicReference<Exception>();
        var starter = Thread.ofPlatform().start(() -> {
            try {
                new CommandProcess(run).start(List.of("sleep", "60"), folder, System.getenv());
            } catch (Exception e) {
                failure.set(e);
            }
        });
        while (!run.isStarted()) Thread.onSpinWait();

        starter.interrupt();
        starter.join();

        var process = new CommandProcess(run);
        try {
            assertThat(failure.get())
                    .satisfiesAnyOf(
                            none -> assertThat(none).isNull(),
                            interrupted -> assertThat(interrupted).isInstanceOf(InterruptedException.class));
            assertThat(process.isAlive()).isTrue();
            assertThat(run.processBegan()).isPresent();
        } finally {
            process.stop();
        }
    }
}
