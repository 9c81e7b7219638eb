package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --setup} and {@code --bring}, as far as they can be judged before anything runs. */
class PreparationOptionsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    private CodeProject project;

    @BeforeEach
    void makeCode() throws Exception {
        project = CodeProject.in(folder);
        Files.writeString(project.code().resolve(".env"), "API_TOKEN=tok-of-the-user\n");
        Files.writeString(project.code().resolve("secrets.py"), "KEY = 'key-of-the-user'\n");
    }

    @Test
    void a_run_says_what_work_trees_get_and_the_report_too() throws Exception {
        var typed = project.onCode("--setup", "npm ci", "--bring", ".env", "--bring", "*.js");

        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.out() + typed.err())
                .contains("gets 1 file besides the code", ": .env", "set up with: npm ci", "not needed", "main.js");
        assertThat(Files.readString(folder.resolve("out/report.md")))
                .contains("| Set-up of work trees | `npm ci` |", "| Brought into work trees | `.env`, `*.js` |");
    }

    @Test
    void what_is_brought_is_not_read_as_code_although_git_does_not_ignore_it() throws Exception {
        assertThat(project.onCode("--bring", "secrets.py").exitCode()).isZero();

        try (var files = Files.walk(folder.resolve("out"))) {
            for (var file : files.filter(Files::isRegularFile).toList())
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("key-of-the-user");
        }
    }

    @Test
    void a_pattern_that_matches_nothing_is_refused() {
        var typed = project.onCode("--bring", "missing.env");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).startsWith("error: --bring 'missing.env' matches no file");
    }

    @Test
    void files_can_only_be_brought_from_the_code() {
        var typed = project.run("--bring", ".env");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("--bring", "--code DIR");
    }
}
