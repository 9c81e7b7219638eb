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

/** {@code --remote}, as far as it can be judged before anything runs. */
class RemoteOptionsTest {
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
        git("remote", "add", "origin", "git@github.com:acme/shop.git");
        git("remote", "add", "other", "https://me:tok-of-the-user@github.com/acme/shop.git");
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

    private static void refused(Typed typed, String... texts) {
        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(texts).doesNotContain("tok-of-the-user");
    }

    @Test
    void a_plan_says_where_its_agents_work_and_pushes_nothing_before_it_runs() throws Exception {
        var typed = onCode("--remote", "origin");

        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.out() + typed.err()).contains("work on origin (git@github.com:acme/shop.git)", "taskweaver/");
        assertThat(Files.readString(folder.resolve("out/report.md"))).contains("git@github.com:acme/shop.git");
    }

    @Test
    void a_remote_needs_a_repository_that_has_it_and_no_password_in_its_address() {
        refused(run("--remote", "origin"), "--code DIR");
        refused(onCode("--remote", "upstream"), "no remote 'upstream'", "origin, other");
        refused(onCode("--remote", "other"), "password or token", "credential helper", "ssh", "GITHUB_TOKEN");
        refused(onCode("--include-uncommitted"), "there is no --remote");
    }

    @Test
    void work_that_is_not_committed_is_pushed_only_if_that_is_said() throws Exception {
        Files.writeString(folder.resolve("code/new.js"), "new\n");

        refused(onCode("--remote", "origin"), "not committed", "--include-uncommitted");
        assertThat(onCode("--remote", "origin", "--include-uncommitted").exitCode())
                .isZero();
    }

    @Test
    void a_pull_request_is_asked_for_before_it_is_said_how() {
        refused(Typed.command("apply", "shop", "--base", "main"), "no --pull-request");
        refused(Typed.command("apply", "shop", "--pull-request", "--work-tree"), "--work-tree makes no branch");
        refused(Typed.command("apply", "shop", "--pull-request", "--api-url", "ftp://x/y"), "not an http or https URL");
    }
}
