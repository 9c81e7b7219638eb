package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person decides: which results are merged. */
class DecisionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path dir;

    private Path code;
    private Path seen;

    @BeforeEach
    void repository() throws Exception {
        code = Files.createDirectories(dir.resolve("code"));
        seen = Files.createDirectories(dir.resolve("seen"));
        GitFolder.git(code, "init", "--quiet");
        Files.writeString(code.resolve("greeting.txt"), "hi\n");
        GitFolder.commit(code, "first");
    }

    private Workspace workspace(String script) throws IOException {
        return new Workspace(dir).agent("SEEN=" + seen + "\n" + script);
    }

    private static String done(Workspace workspace, String... arguments) throws Exception {
        var done = workspace.taskweaver(arguments);
        assertThat(done.exitCode()).as(done.output()).isZero();
        return done.output();
    }

    private static String task(Workspace workspace, String id, String field) throws Exception {
        for (var task : workspace.rest("/api/plans/p").path("tasks"))
            if (task.path("taskId").asText().equals(id)) return task.path(field).asText();
        return "";
    }

    private static void awaitTask(Workspace workspace, String id, String state) {
        await().atMost(LIMIT).ignoreExceptions().until(() -> task(workspace, id, "state"), state::equals);
    }

    private static void awaitPlan(Workspace workspace, String state) {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> workspace.rest("/api/plans/p").path("status").asText(), state::equals);
    }

    @Test
    @Tag("long")
    void results_wait_for_a_review_that_outlives_a_crash() throws Exception {
        try (var workspace = workspace("""
                cat >>"$SEEN/prompt.$1"
                case $1 in
                  T2) if grep -q "no shouting" "$SEEN/prompt.T2"; then echo hello >second; else echo HELLO >second; fi ;;
                  *) echo "$1" >"file-$1" ;;
                esac
                """)) {
            var document = workspace.document("tasks.md", """
                    # Tasks

                    - [ ] T1 Add the first file
                    - [ ] T2 Add the second file
                    - [ ] T3 Add the third file (depends on T1)
                    """);
            done(workspace, "up");
            done(
                    workspace,
                    "submit",
                    document.toString(),
                    "--plan",
                    "p",
                    "--code",
                    "code",
                    "--agent",
                    "mine",
                    "--review",
                    "all");
            awaitTask(workspace, "T1", "in-review");
            awaitTask(workspace, "T2", "in-review");

            assertThat(done(workspace, "status", "p"))
                    .contains("in-review", "taskweaver changes p T2", "taskweaver reject p T2 --because TEXT");
            assertThat(done(workspace, "changes", "p", "T2")).contains("T2, attempt 1, waits for review", "+HELLO");
            var watched = workspace.taskweaver("watch", "p", "--no-wait");
            assertThat(watched.exitCode()).as(watched.output()).isEqualTo(6);
            assertThat(watched.output()).contains("taskweaver approve p T1");

            workspace.killEverything();
            done(workspace, "up");
            awaitTask(workspace, "T2", "in-review");
            assertThat(task(workspace, "T3", "state")).isEqualTo("waiting");
            var refused = workspace.taskweaver("approve", "p", "T3");
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.output()).contains("has no effect on T3: it is waiting");
            done(workspace, "approve", "p", "T1");
            awaitTask(workspace, "T1", "merged");
            // Two persons at once: one decides, the other one learns of it.
            var one = workspace.start("reject", "p", "T2", "--because", "no shouting, please");
            var other = workspace.start("reject", "p", "T2", "--because", "no shouting, thanks");
            assertThat(List.of(one.process().waitFor(), other.process().waitFor()))
                    .containsExactlyInAnyOrder(0, 2);
            var late = one.process().exitValue() == 2 ? one : other;
            assertThat(late.output())
                    .containsAnyOf(
                            "Another decision about T2 came first: its result is rejected, because: no shouting",
                            "Only a task in the state in-review can be rejected");
            refused(workspace, "Nothing was sent", "approve", "p", "T3", "T1");
            await().atMost(LIMIT).ignoreExceptions().until(() -> task(workspace, "T2", "attempt"), "2"::equals);
            awaitTask(workspace, "T2", "in-review");
            assertThat(Files.readString(seen.resolve("prompt.T2")))
                    .contains("A person reviewed the result", "no shouting", "+HELLO");
            assertThat(done(workspace, "changes", "p", "T2")).contains("+hello").doesNotContain("HELLO");
            awaitTask(workspace, "T3", "in-review");
            done(workspace, "approve", "p", "T2", "T3");
            awaitPlan(workspace, "completed");

            done(workspace, "apply", "p", "--branch", "made");
            assertThat(GitFolder.git(code, "show", "made:second")).isEqualTo("hello");
            assertThat(GitFolder.git(code, "show", "made:file-T3")).isEqualTo("T3");
        }
    }

    private static String inState(Workspace workspace, String state, String... tasks) {
        return await().atMost(LIMIT)
                .ignoreExceptions()
                .until(
                        () -> {
                            for (var task : tasks)
                                if (task(workspace, task, "state").equals(state)) return task;
                            return "";
                        },
                        found -> !found.isEmpty());
    }

    private static void refused(Workspace workspace, String why, String... arguments) throws Exception {
        var refused = workspace.taskweaver(arguments);
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output()).contains(why);
    }

    @Test
    @Tag("long")
    void conflicts_are_settled_by_a_side_while_an_agent_tries_and_by_files_after_agents_gave_up() throws Exception {
        var lines = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        Files.writeString(code.resolve("greeting.txt"), lines);
        Files.writeString(code.resolve("other.txt"), lines);
        Files.writeString(code.resolve("third.txt"), "third\n");
        GitFolder.commit(code, "second");
        try (var workspace = workspace("""
                cat >"$SEEN/prompt.$1"
                case $1 in
                  T1) sed -i '1s/.*/one/; 5s/.*/5 T1/' greeting.txt; mate=T2 ;;
                  T2) sed -i '1s/.*/two/; 9s/.*/9 T2/' greeting.txt; mate=T1 ;;
                  T3) sed -i '1s/.*/three/; 5s/.*/5 T3/' other.txt; echo three >beside-T3; mkfifo pipe; mate=T4 ;;
                  T4) sed -i '1s/.*/four/; 9s/.*/9 T4/' other.txt; echo four >beside-T4; mate=T3 ;;
                  T[12]-*) exec sleep 300 ;;
                  *) echo "cannot do it" >&2; exit 1 ;;
                esac
                touch "$SEEN/$1"; until [ -e "$SEEN/$mate" ]; do sleep 0.05; done
                """)) {
            var document = workspace.document("tasks.md", """
                    # Tasks

                    - [ ] T1 Greet with one
                    - [ ] T2 Greet with two
                    - [ ] T3 Other is three
                    - [ ] T4 Other is four
                    """);
            done(workspace, "up");
            done(
                    workspace,
                    "submit",
                    document.toString(),
                    "--plan",
                    "p",
                    "--code",
                    "code",
                    "--agent",
                    "mine",
                    "--max-attempts",
                    "1",
                    "--max-concurrent",
                    "4");
            var second = inState(workspace, "reconciling", "T1", "T2");
            var first = second.equals("T1") ? "T2" : "T1";
            awaitTask(workspace, second + "-reconcile-1", "running");

            assertThat(done(workspace, "conflicts", "p"))
                    .contains(
                            second + "-reconcile-1 (running)",
                            "greeting.txt  with " + first,
                            "taskweaver resolve p " + second + " --theirs");
            assertThat(done(workspace, "conflicts", "p", "--json")).contains("\"path\":\"greeting.txt\"");
            refused(workspace, "has no open conflict", "resolve", "p", first, "--ours");
            refused(workspace, "has no task T9", "resolve", "p", "T9", "--ours");
            refused(workspace, "Resolve that task", "resolve", "p", second + "-reconcile-1", "--ours");
            // What a program names may not be there: then the conflict is open as before, and says so.
            workspace.post("/api/plans/p/commands/resolve", """
                    {"taskId": "%1$s", "resolution": {"side": "files", "by": "a program", "commit": "%2$s",
                     "parent": "%2$s", "tree": "%2$s"}}""".formatted(second, "1".repeat(40)));
            awaitTask(workspace, second + "-reconcile-2", "running");
            var open = workspace.rest("/api/plans/p/conflicts").path(0);
            assertThat(open.path("taskId").asText()).isEqualTo(second);
            assertThat(open.path("reconciler").asText()).isEqualTo(second + "-reconcile-2");
            assertThat(open.path("files").path(0).path("with").path(0).asText()).isEqualTo(first);
            assertThat(open.path("refused").asText()).contains("not on the topic code-objects");
            assertThat(done(workspace, "conflicts", "p"))
                    .contains(second + "-reconcile-2 (running)", "resolution refused", "not on the topic code-objects");
            assertThat(done(workspace, "status", "p")).contains("What a program resolved it with was refused");

            done(workspace, "resolve", "p", second, "--theirs");
            awaitTask(workspace, second, "merged");

            var given = inState(workspace, "failed", "T3", "T4");
            var settled = Files.createDirectories(dir.resolve("settled"));
            refused(workspace, "is missing conflicting files: other.txt", "resolve", "p", given, "--from", "settled");
            Files.writeString(settled.resolve("other.txt"), "<<<<<<< a\nthree\n=======\nfour\n>>>>>>> b\n");
            refused(workspace, "conflict markers", "resolve", "p", given, "--from", "settled");
            Files.writeString(settled.resolve("other.txt"), lines.replace("1\n", "three and four\n"));
            Files.writeString(settled.resolve("third.txt"), "not asked for\n");
            assertThat(done(workspace, "resolve", "p", given, "--from", "settled"))
                    .contains(
                            "Using: other.txt",
                            "Ignoring files",
                            "third.txt",
                            "This drops what " + (given.equals("T3") ? "T4" : "T3") + " merged into other.txt");
            awaitPlan(workspace, "completed");

            assertThat(done(workspace, "conflicts", "p")).contains("No open conflicts");
            done(workspace, "apply", "p", "--branch", "made");
            assertThat(GitFolder.git(code, "show", "made:greeting.txt").lines())
                    .containsExactly(second.equals("T1") ? "one" : "two", "2", "3", "4", "5 T1", "6", "7", "8", "9 T2");
            assertThat(GitFolder.git(code, "show", "made:other.txt")).startsWith("three and four\n2");
            assertThat(GitFolder.git(code, "show", "made:third.txt")).isEqualTo("third");
            assertThat(GitFolder.git(code, "show", "made:beside-" + given)).isNotEmpty();
            assertThat(GitFolder.git(code, "log", "--format=%B", "made")).contains("Settled-by: ");
        }
    }
}
