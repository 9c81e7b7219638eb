package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --remote}, as far as it can be judged before anything runs. */
class RemoteOptionsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    private CodeProject project;

    @BeforeEach
    void makeCode() throws Exception {
        project = CodeProject.in(folder);
        project.git("remote", "add", "origin", "git@github.com:acme/shop.git");
        project.git("remote", "add", "other", "https://me:tok-of-the-user@github.com/acme/shop.git");
    }

    private static void refused(Typed typed, String... texts) {
        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(texts).doesNotContain("tok-of-the-user");
    }

    @Test
    void a_plan_says_where_its_agents_work_and_pushes_nothing_before_it_runs() throws Exception {
        var typed = project.onCode("--remote", "origin");

        assertThat(typed.exitCode()).as(typed.err()).isZero();
        assertThat(typed.out() + typed.err()).contains("work on origin (git@github.com:acme/shop.git)", "taskweaver/");
        assertThat(Files.readString(folder.resolve("out/report.md"))).contains("git@github.com:acme/shop.git");
    }

    @Test
    void a_remote_needs_a_repository_that_has_it_and_no_password_in_its_address() {
        refused(project.run("--remote", "origin"), "--code DIR");
        refused(project.onCode("--remote", "upstream"), "no remote 'upstream'", "origin, other");
        refused(project.onCode("--remote", "other"), "password or token", "credential helper", "ssh", "GITHUB_TOKEN");
        refused(project.onCode("--include-uncommitted"), "needs --remote");
    }

    @Test
    void work_that_is_not_committed_is_pushed_only_if_that_is_said() throws Exception {
        Files.writeString(folder.resolve("code/new.js"), "new\n");

        refused(project.onCode("--remote", "origin"), "uncommitted work", "--include-uncommitted");
        assertThat(project.onCode("--remote", "origin", "--include-uncommitted").exitCode())
                .isZero();
    }

    @Test
    void a_pull_request_is_asked_for_before_it_is_said_how() {
        refused(Typed.command("apply", "shop", "--base", "main"), "need --pull-request");
        refused(Typed.command("apply", "shop", "--pull-request", "--work-tree"), "--work-tree makes no branch");
        refused(Typed.command("apply", "shop", "--pull-request", "--api-url", "ftp://x/y"), "not an http or https URL");
    }
}
