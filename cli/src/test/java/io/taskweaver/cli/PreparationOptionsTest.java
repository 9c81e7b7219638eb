package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --setup} and {@code --bring}, as far as they can be judged before anything runs. */
class PreparationOptionsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    @BeforeEach
    void makeCode() throws Exception {
        var code = Files.createDirectories(folder.resolve("code"));
        Files.writeString(folder.resolve("R.md"), "# Shop\n\n- Users shall be able to order books\n");
        Files.writeString(code.resolve(".gitignore"), ".env\n");
        Files.writeString(code.resolve("main.js"), "main\n");
        git("init", "--quiet");
        git("add", "--all");
        git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "first");
        Files.writeString(code.resolve(".env"), "API_TOKEN=tok-of-the-user\n");
        Files.writeString(code.resolve("secrets.py"), "KEY = 'key-of-the-user'\n");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        var process = new ProcessBuilder(line)
                .directory(folder.resolve("code").toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Typed run(String... more) {
        var arguments = new ArrayList<>(List.of(
                "run",
                folder.resolve("R.md").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--data-dir",
                folder.resolve("data").toString(),
                "--plan-only"));
        arguments.addAll(List.of(more));
        return Typed.command(arguments.toArray(String[]::new));
    }

    private Typed onCode(String... more) {
        var arguments = new ArrayList<>(List.of("--code", folder.resolve("code").toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void a_run_says_what_work_trees_get_and_the_report_too() throws Exception {
        var typed = onCode("--setup", "npm ci", "--bring", ".env", "--bring", "*.js");

        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.out() + typed.err())
                .contains("gets 1 file besides the code", ": .env", "set up with: npm ci", "not needed", "main.js");
        assertThat(Files.readString(folder.resolve("out/report.md")))
                .contains("| Set-up of work trees | `npm ci` |", "| Brought into work trees | `.env`, `*.js` |");
    }

    @Test
    void what_is_brought_is_not_read_as_code_although_git_does_not_ignore_it() throws Exception {
        assertThat(onCode("--bring", "secrets.py").exitCode()).isZero();

        try (var files = Files.walk(folder.resolve("out"))) {
            for (var file : files.filter(Files::isRegularFile).toList())
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("key-of-the-user");
        }
    }

    @Test
    void a_pattern_that_matches_nothing_is_refused() {
        var typed = onCode("--bring", "missing.env");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).startsWith("error: --bring 'missing.env' matches no file");
    }

    @Test
    void files_can_only_be_brought_from_the_code() {
        var typed = run("--bring", ".env");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("--bring", "--code DIR");
    }
}
