package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan's command judges the base, results together and the whole, not only each result alone. */
class VerifiedPlansTest {
    /** Every word that is called has to be defined. */
    private static final String CHECK = """
            status=0
            for word in $(cat calls/*); do
              [ -e "words/$word" ] || { echo "not ok - $word is called and not defined"; status=1; }
            done
            exit $status
            """;

    /** T1 renames a word and whoever calls it; T2, begun at the same time, calls it too. */
    private static final String RENAME = """
            cat >"$SEEN/prompt.$1"
            case $1 in
              T1) mv words/greet words/hello; echo hello >calls/main ;;
              T2) echo greet >calls/second ;;
              *) %s ;;
            esac
            case $1 in T1|T2) touch "$SEEN/$1"; until [ -e "$SEEN/T1" ] && [ -e "$SEEN/T2" ]; do sleep 0.05; done ;; esac
            """;

    @TempDir
    private Path dir;

    private Path code;
    private Path seen;

    @BeforeEach
    void repository() throws Exception {
        code = Files.createDirectories(dir.resolve("code"));
        seen = Files.createDirectories(dir.resolve("seen"));
        git("init", "--quiet");
        for (var folder : List.of("words", "calls")) Files.createDirectories(code.resolve(folder));
        Files.writeString(code.resolve("words/greet"), "hi\n");
        Files.writeString(code.resolve("calls/main"), "greet\n");
        Files.writeString(code.resolve("check.sh"), CHECK);
        GitFolder.commit(code, "first");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        return GitFolder.git(code, arguments);
    }

    private Workspace workspace(String script) throws IOException {
        return new Workspace(dir).agent("SEEN=" + seen + "\n" + script);
    }

    private Workspace.Finished run(Workspace workspace, int tasks, String verify, String... options) throws Exception {
        var features = IntStream.rangeClosed(1, tasks)
                .mapToObj(i -> "- [ ] T" + i + " Add the feature number " + i + "\n")
                .toList();
        var document = workspace.document("tasks.md", "# Tasks\n\n" + String.join("", features));
        var line = new ArrayList<>(List.of(
                "run",
                document.toString(),
                "--code",
                "code",
                "--agent",
                "mine",
                "--max-concurrent",
                "8",
                "--verify",
                verify));
        line.addAll(List.of(options));
        return workspace.taskweaver(line.toArray(String[]::new));
    }

    @Test
    void two_results_that_pass_alone_and_fail_together_are_found_and_fixed() throws Exception {
        try (var workspace = workspace(RENAME.formatted("echo hello >calls/second"))) {
            var run = run(workspace, 2, "sh check.sh");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("2 done", "greet is called and not defined");
            var apply = workspace.taskweaver("apply", "--branch", "made");
            assertThat(apply.exitCode()).as(apply.output()).isZero();
            git("checkout", "--quiet", "made");
            var check = new ProcessBuilder("sh", "check.sh")
                    .directory(code.toFile())
                    .start();
            assertThat(check.waitFor()).isZero();
            assertThat(git("show", "made:calls/second")).isEqualTo("hello");
            // Whichever came second is fixed.
            var prompt = Files.exists(seen.resolve("prompt.T1-reconcile-1"))
                    ? seen.resolve("prompt.T1-reconcile-1")
                    : seen.resolve("prompt.T2-reconcile-1");
            assertThat(Files.readString(prompt))
                    .contains("not ok - greet is called and not defined", "Add the feature number")
                    .doesNotContain("Two results changed the same places");
        }
    }

    @Test
    @Tag("long")
    void what_nobody_can_fix_ends_the_plan_with_the_commit_that_broke_it() throws Exception {
        try (var workspace = workspace(RENAME.formatted("true"))) {
            var run = run(workspace, 2, "sh check.sh", "--max-attempts", "1");

            assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
            assertThat(run.output())
                    .contains("greet is called and not defined")
                    .containsPattern("failed: .*\n.*T[12] .*commit [0-9a-f]{40} on top of [0-9a-f]{40}");
            assertThat(workspace.taskweaver("apply").output())
                    .containsPattern("Not in it, because it is not merged, as taskweaver-out/plan.json says: T[12]\\.");
        }
    }

    @Test
    @Tag("long")
    void code_that_fails_from_the_start_is_refused_before_an_agent_is_paid() throws Exception {
        Files.writeString(code.resolve("calls/main"), "greet\nlost\n");
        try (var workspace = workspace("touch $SEEN/called\n")) {
            var run = run(workspace, 2, "sh check.sh");

            assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).contains("lost is called and not defined", "--allow-failing-base");
            assertThat(seen.resolve("called")).doesNotExist();
        }
    }

    @Test
    @Tag("long")
    void a_failing_base_that_is_allowed_excuses_its_own_failures_until_the_end() throws Exception {
        Files.writeString(code.resolve("calls/main"), "greet\nlost\n");
        var script = """
                cat >/dev/null
                case $1 in
                  T1) echo one >words/one ;;
                  T2) [ -e "$SEEN/again" ] || echo wrong >calls/wrong; touch "$SEEN/again"; echo two >words/two ;;
                  *) echo found >words/lost ;;
                esac
                """;
        try (var workspace = workspace(script)) {
            var run = run(workspace, 2, "sh check.sh", "--allow-failing-base");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output())
                    .as("a new failure is no known one")
                    .contains("wrong is called and not defined", "1 retry");
            assertThat(dir.resolve("taskweaver-out/merged/words/lost"))
                    .as("the end has to pass")
                    .exists();
        }
    }

    @Test
    @Tag("long")
    void a_plan_whose_whole_does_not_pass_is_not_completed() throws Exception {
        Files.writeString(code.resolve("calls/main"), "greet\nlost\n");
        try (var workspace = workspace("cat >/dev/null\necho $1 >words/$1\n")) {
            var run = run(workspace, 2, "sh check.sh", "--allow-failing-base", "--max-attempts", "1");

            assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).contains("lost is called and not defined", "failed: 1 task failed: verify-head");
        }
    }

    @Test
    @Tag("long")
    void a_slow_command_runs_at_most_twice_for_each_task() throws Exception {
        var script = """
                cat >/dev/null
                name=f$(echo "$1" | tr -cd 0-9)
                echo $name >words/$name
                echo $name >>calls/main
                """;
        var runs = dir.resolve("runs");
        try (var workspace = workspace(script)) {
            var run = run(workspace, 12, "echo run >>" + runs + "; sleep 1; sh check.sh");

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("12 done", "0 retries").doesNotContain("conflict");
            assertThat(Files.readAllLines(runs)).hasSizeLessThanOrEqualTo(2 * 12 + 2);
        }
    }
}
