package io.taskweaver.agents.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
