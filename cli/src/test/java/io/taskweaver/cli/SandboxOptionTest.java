package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --sandbox}, as far as it can be judged before anything runs; the environment of these commands has no PATH. */
class SandboxOptionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    @BeforeEach
    void document() throws IOException {
        Files.writeString(folder.resolve("R.md"), "# Shop\n\n- Users shall be able to order books\n");
    }

    private Typed typed(String command, String... more) {
        var arguments = new ArrayList<>(List.of(command, folder.resolve("R.md").toString()));
        if (command.equals("run"))
            arguments.addAll(List.of("--out", folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return Typed.command(arguments.toArray(String[]::new));
    }

    @Test
    void where_there_is_none_insisting_on_one_is_an_error_with_a_way_out() {
        var run = typed("run", "--data-dir", folder.resolve("data").toString(), "--sandbox", "on");

        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains("--sandbox on", "none: ", "apt-get install bubblewrap");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void making_a_plan_needs_none() {
        var run = typed("run", "--data-dir", folder.resolve("data").toString(), "--sandbox", "on", "--plan-only");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void executors_that_are_there_cannot_be_asked_to_do_without() {
        assertThat(typed("submit", "--sandbox", "off").err())
                .contains("--sandbox off has no effect", "taskweaver.executor.sandbox=off");
        assertThat(typed("run", "--bootstrap", "127.0.0.1:1", "--sandbox", "off")
                        .err())
                .contains("--sandbox off has no effect on the cluster at 127.0.0.1:1");
    }
}
