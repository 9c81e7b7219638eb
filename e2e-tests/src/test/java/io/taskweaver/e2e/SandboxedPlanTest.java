package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that reads a key, writes outside, changes the user's repository and leaves a daemon, in a sandbox and without one. */
class SandboxedPlanTest {
    private static final String MARK = "7" + ProcessHandle.current().pid() + "0042";

    private static final String SCRIPT = """
            cat "$HOME/.ssh/id" >key.txt 2>/dev/null || echo none >key.txt
            cat "$WORKSPACE/.taskweaver/token" >token.txt 2>/dev/null || echo none >token.txt
            cat "$WORKSPACE/code/.env" >env.txt 2>/dev/null || echo none >env.txt
            echo x >"$WORKSPACE/outside.txt"
            git -C "$WORKSPACE/code" branch sneaky
            env -i setsid nohup sleep $MARK >/dev/null 2>&1 </dev/null &
            echo "all done"
            exit 0
            """;

    @TempDir
    private Path dir;

    private Path code;

    @BeforeEach
    void repository() throws Exception {
        code = Files.createDirectories(dir.resolve("code"));
        GitFolder.git(code, "init", "--quiet");
        Files.writeString(code.resolve("a.txt"), "a\n");
        Files.writeString(code.resolve(".gitignore"), ".env\n");
        Files.writeString(code.resolve(".env"), "KEY=1\n");
        GitFolder.commit(code, "first");
        Files.writeString(Files.createDirectories(dir.resolve("home/.ssh")).resolve("id"), "the private key");
    }

    private Workspace workspace() throws IOException {
        return new Workspace(dir)
                .agent("WORKSPACE=" + dir + " MARK=" + MARK + "\n" + SCRIPT)
                .with("HOME", dir.resolve("home").toString());
    }

    private static Workspace.Finished run(Workspace workspace, String sandbox) throws Exception {
        var document = workspace.document("tasks.md", "# Tasks\n\n- [ ] T1 Add a feature\n");
        return workspace.taskweaver(
                "run",
                document.toString(),
                "--code",
                "code",
                "--agent",
                "mine",
                "--verify",
                "[ ! -e \"$HOME/.ssh/id\" ] || echo key >>seen-by-verify.txt",
                "--sandbox",
                sandbox);
    }

    private String made(Workspace workspace, String file) throws Exception {
        var apply = workspace.taskweaver("apply", "--branch", "made");
        assertThat(apply.exitCode()).as(apply.output()).isZero();
        return GitFolder.git(code, "show", "made:" + file);
    }

    private String report() throws IOException {
        return Files.readString(dir.resolve("taskweaver-out/report.md"));
    }

    private static boolean isDaemonAlive() {
        return ProcessHandle.allProcesses()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("sleep " + MARK));
    }

    @Test
    void in_a_sandbox_it_can_do_nothing_of_that() throws Exception {
        try (var workspace = workspace()) {
            var run = run(workspace, "on");
            assumeThat(run.output())
                    .as("skipped: no sandbox on this machine")
                    .doesNotContain("this machine has no working sandbox");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("Sandbox: bubblewrap");
            assertThat(report()).contains("| Sandbox | bubblewrap");
            assertThat(made(workspace, "key.txt")).isEqualTo("none");
            assertThat(GitFolder.git(code, "show", "made:token.txt")).isEqualTo("none");
            assertThat(GitFolder.git(code, "show", "made:env.txt")).isEqualTo("none");
            assertThat(dir.resolve("outside.txt")).doesNotExist();
            assertThat(GitFolder.git(code, "branch", "--list", "sneaky")).isEmpty();
            assertThat(isDaemonAlive()).isFalse();
        }
    }

    @Test
    @Tag("long")
    void without_one_what_can_be_seen_is_said() throws Exception {
        try (var workspace = workspace()) {
            var run = run(workspace, "off");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output())
                    .contains("No sandbox (it is turned off)")
                    .contains("While the plan ran, your repository changed: branch sneaky is new.");
            assertThat(report()).contains("| Sandbox | none: it is turned off");
            assertThat(made(workspace, "key.txt")).isEqualTo("the private key");
        } finally {
            ProcessHandle.allProcesses()
                    .filter(process -> process.info().commandLine().orElse("").contains("sleep " + MARK))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }
}
