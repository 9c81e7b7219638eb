package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of contexts, and how a plan leaves the system: into an archive, from which it can be read back. */
@Tag("long")
class ContextsTest {
    private static final String SCRIPT = """
            cat >/dev/null
            echo "$1" >>shared.txt
            echo "$1" >"$1.txt"
            """;

    private static final String TASKS = """
            # Notes

            - [ ] T1 Add the first note
            - [ ] T2 Add the second note (depends on T1)
            """;

    @TempDir
    private Path dir;

    private static String ok(Workspace.Finished command) {
        assertThat(command.exitCode()).as(command.output()).isZero();
        return command.output();
    }

    private static String refused(Workspace.Finished command) {
        assertThat(command.exitCode()).as(command.output()).isEqualTo(2);
        return command.output();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private Path code() throws IOException, InterruptedException {
        var code = Files.createDirectories(dir.resolve("code"));
        GitFolder.git(code, "init", "--quiet");
        Files.writeString(code.resolve("shared.txt"), "begin\n");
        GitFolder.commit(code, "first");
        return code;
    }

    @Test
    void contexts_are_shown_exported_archived_and_read_back() throws Exception {
        var code = code();
        try (var workspace = new Workspace(dir).agent(SCRIPT)) {
            var document = workspace.document("tasks.md", TASKS);
            ok(workspace.taskweaver("up"));
            String[] run = {"run", document.toString(), "--code", "code", "--agent", "mine", "--contracts", "none"};
            ok(workspace.taskweaver(run));
            var plan = Workspace.JSON
                    .readTree(dir.resolve("taskweaver-out/plan.json").toFile())
                    .path("plan")
                    .asText();

            // Seen
            assertThat(ok(workspace.taskweaver("context", "show", plan)))
                    .contains(
                            "Files: 3",
                            "shared.txt",
                            "task T1, task T2, service executor",
                            "Requirements: 2",
                            "completed")
                    .contains("T2 needs the result of T1: met");
            assertThat(ok(workspace.taskweaver("context", "show", plan, "--at", "1")))
                    .contains("version 1 of 2", "T1.txt")
                    .doesNotContain("T2.txt");
            assertThat(ok(workspace.taskweaver("context", "show", plan, "T2", "--json")))
                    .contains("\"service\":\"executor\"", "shared.txt");
            assertThat(ok(workspace.taskweaver("context", "diff", plan, "1", "2")))
                    .contains("M shared.txt", "A T2.txt", "T2: planned -> merged");
            var blob = GitFolder.git(code, "hash-object", "shared.txt").strip().substring(0, 10);
            assertThat(ok(workspace.taskweaver("context", "history", plan, "shared.txt")))
                    .contains("base     " + blob, "T1", "T2");
            assertThat(refused(workspace.taskweaver("context", "show", plan, "--at", "9")))
                    .contains("version 9");
            assertThat(refused(workspace.taskweaver("context", "history", plan, "nothing")))
                    .contains("nothing");

            // Exported, and not imported over itself
            ok(workspace.taskweaver("context", "export", plan, "export.json"));
            assertThat(refused(workspace.taskweaver("context", "import", "export.json")))
                    .contains("already");

            // A link stays, and what it leads to is replaced.
            var link = Files.createSymbolicLink(dir.resolve("link.json"), Path.of("linked.json"));
            assertThat(refused(workspace.taskweaver("context", "export", plan, "link.json")))
                    .contains("link.json is a link that leads nowhere, to linked.json.");
            Files.createFile(dir.resolve("linked.json"));
            ok(workspace.taskweaver("context", "export", plan, "link.json"));
            assertThat(Files.isSymbolicLink(link)).isTrue();
            assertThat(dir.resolve("linked.json")).isNotEmptyFile();
            assertThat(refused(workspace.taskweaver("context", "export", plan, "/dev/null")))
                    .contains("/dev/null is no regular file.");

            // Archived
            assertThat(refused(workspace.taskweaver("archive", plan, "--to", "/dev/null")))
                    .contains("/dev/null is no regular file.");
            var archive = dir.resolve("notes.zip");
            var killed = workspace.start("archive", plan, "--to", archive.toString());
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Files.exists(archive) || !killed.process().isAlive());
            killed.process().descendants().forEach(ProcessHandle::destroyForcibly);
            killed.process().destroyForcibly().waitFor();
            var both = List.of(
                    workspace.start("archive", plan, "--to", archive.toString()),
                    workspace.start("archive", plan, "--to", archive.toString()));
            for (var one : both) one.process().waitFor();
            assertThat(both)
                    .extracting(one -> one.process().exitValue())
                    .isSubsetOf(0, 2)
                    .contains(0);
            for (var one : both) assertThat(one.output()).containsAnyOf("SHA-256", "Another command is archiving to");
            assertThat(ok(workspace.taskweaver("archive", "--list"))).contains(sha256(archive));
            try (var zip = new ZipFile(archive.toFile())) {
                assertThat(zip.stream().map(Object::toString))
                        .contains(
                                "archive.json",
                                "plan.json",
                                "report.md",
                                "events.jsonl",
                                "contexts.json",
                                "line.bundle");
            }
            assertThat(ok(workspace.taskweaver("status"))).contains("archived", plan);
            assertThat(ok(workspace.taskweaver("status", plan))).contains("archived", "had completed");
            assertThat(ok(workspace.taskweaver("archive", "--list"))).contains(plan, "completed");
            assertThat(ok(workspace.taskweaver("logs", plan)))
                    .contains("was archived at", "is in its archive", sha256(archive));
            assertThat(refused(workspace.taskweaver("context", "show", plan))).contains("was archived");
            assertThat(dir.resolve(".taskweaver/code/" + plan)).doesNotExist();
            assertThat(ok(workspace.taskweaver("archive", plan, "--to", archive.toString())))
                    .contains("was archived at");
            assertThat(refused(workspace.taskweaver(run))).contains("archived", "--again");

            // Read back
            assertThat(refused(workspace.taskweaver("context", "import", archive.toString(), "--plan", "other")))
                    .contains("other");
            assertThat(ok(workspace.taskweaver("context", "import", archive.toString())))
                    .contains(plan, "2 tasks");
            assertThat(ok(workspace.taskweaver("context", "show", plan, "--at", "1")))
                    .contains("imported", "T1.txt");
            ok(workspace.taskweaver("apply", plan, "--branch", "notes"));
            assertThat(GitFolder.git(code, "show", "notes:shared.txt")).isEqualTo("begin\nT1\nT2");
            assertThat(ok(workspace.taskweaver("context", "clear", plan))).contains("Removed");
            assertThat(refused(workspace.taskweaver("context", "show", plan))).contains("There is no plan");
            assertThat(List.of(dir.resolve(".taskweaver/code").toFile().list())).doesNotContain(plan);
        }
    }
}
