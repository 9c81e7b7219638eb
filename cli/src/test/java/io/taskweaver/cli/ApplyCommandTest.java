package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.cli.runtime.FakeRuntime;
import io.taskweaver.cli.runtime.FoundRuntime;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.CodeSnapshot;
import io.taskweaver.code.Git;
import io.taskweaver.code.LineFolder;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apply}, {@code patch} and {@code changes} after a run has ended: no system is running. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class ApplyCommandTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path user;
    private Path data;
    private Git git;
    private CodeRepository code;
    private String head;

    @BeforeEach
    void begin() throws Exception {
        user = Files.createDirectories(folder.resolve("user"));
        git = Git.in(user);
        git.text("init", "--quiet", "--initial-branch=main");
        Files.writeString(user.resolve("a.txt"), "a\n");
        git.text("add", ".");
        git.text("commit", "--quiet", "--message", "first");
        data = Files.createDirectory(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        code = CodeRepository.open(LineFolder.of(data, new PlanId("shop")));
        var base = CodeSnapshot.take(user, Set.of(), code);
        LineFolder.write(code.folder(), base);
        head = base.commit();
        code.head(head);
    }

    private void merged(String task, String path, String text) throws Exception {
        var tree = code.treeOf(head);
        var entry = code.file(text.getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
        var changed = code.edit(tree, List.of(new EntryChange(path, code.entry(tree, path), Optional.of(entry))));
        head = code.commit(
                changed,
                List.of(head),
                "Do " + task + "\n\nDone.\n\nTask: " + task + "\n",
                Instant.ofEpochSecond(1_800_000_000));
        code.head(head);
    }

    private Typed typed(String... arguments) {
        var all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", data.toString()));
        return Typed.command(all.toArray(String[]::new));
    }

    @Test
    void apply_makes_a_branch_and_says_what_to_do_with_it() throws Exception {
        merged("T1", "cart.txt", "cart\n");

        var typed = typed("apply", "shop");

        assertThat(typed.err()).isEmpty();
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out())
                .contains("Branch taskweaver/shop: 1 commit on top of main.")
                .contains("git -C " + user.toRealPath() + " merge taskweaver/shop");
        assertThat(git.text("rev-parse", "taskweaver/shop")).isEqualTo(head);
        assertThat(typed("apply", "shop").out()).contains("Branch taskweaver/shop is up to date: 1 commit");
    }

    @Test
    void a_runtime_that_another_run_is_stopping_at_this_moment_is_not_missed() throws Exception {
        merged("T1", "cart.txt", "cart\n");
        var connection = Files.writeString(data.resolve("client.properties"), """
                bootstrap.servers=127.0.0.1:1
                apicurio.registry.url=http://127.0.0.1:1
                taskweaver.context.url=http://127.0.0.1:1
                """);
        Files.setPosixFilePermissions(connection, PosixFilePermissions.fromString("rw-------"));
        var runtime = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Dtaskweaver.data-dir=" + data,
                        "-cp",
                        Path.of(FakeRuntime.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        FakeRuntime.class.getName(),
                        "quarkus-run.jar")
                .start();
        try {
            await().atMost(TIMEOUT).until(() -> FoundRuntime.in(data).isPresent());
            CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(runtime::destroyForcibly);

            var typed = typed("apply", "shop");

            assertThat(typed.err()).isEmpty();
            assertThat(typed.out()).contains("Branch taskweaver/shop: 1 commit on top of main.");
        } finally {
            runtime.destroyForcibly();
        }
    }

    @Test
    void what_does_not_fit_is_listed_and_the_exit_code_says_so() throws Exception {
        merged("T1", "a.txt", "plan\n");
        merged("T2", "cart.txt", "cart\n");
        Files.writeString(user.resolve("a.txt"), "mine\n");
        git.text("commit", "--quiet", "--all", "--message", "mine");

        var typed = typed("apply", "shop", "--branch", "result");

        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.out())
                .contains("Does not fit, and is left out:\n  Do T1\n    conflicts in a.txt\n")
                .contains("--onto " + git.text("rev-parse", "main~1").substring(0, 10));
        assertThat(git.text("log", "--format=%s", "main..result")).isEqualTo("Do T2");
    }

    @Test
    void the_working_tree_takes_changes_if_it_is_clean() throws Exception {
        merged("T1", "cart.txt", "cart\n");
        Files.writeString(user.resolve("a.txt"), "mine\n");
        var refused = typed("apply", "shop", "--work-tree");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refused.err()).contains("a.txt").contains("git stash");
        git.text("checkout", "--quiet", "a.txt");

        assertThat(typed("apply", "shop", "--work-tree").out()).contains("Changed 1 file in " + user.toRealPath());

        assertThat(git.text("status", "--porcelain")).isEqualTo("A  cart.txt");
        assertThat(typed("apply", "shop", "--work-tree", "--squash").exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void work_that_git_would_not_merge_over_is_to_be_put_aside_first() throws Exception {
        Files.writeString(user.resolve("a.txt"), "mine\n");
        var base = CodeSnapshot.take(user, Set.of(), code);
        LineFolder.write(code.folder(), base);
        head = base.commit();
        code.head(head);
        merged("T1", "cart.txt", "cart\n");

        assertThat(typed("apply", "shop").out())
                .contains("It begins with the work that was not committed")
                .contains("Before you merge it, commit or stash what is not committed of a.txt")
                .contains("the branch begins with that work");

        git.text("commit", "--quiet", "--all", "--message", "mine");
        assertThat(typed("apply", "shop").out()).doesNotContain("Before you merge it");
        git.text("merge", "--quiet", "taskweaver/shop");
    }

    @Test
    void in_a_repository_without_commits_the_branch_is_to_be_checked_out() throws Exception {
        git.text("update-ref", "-d", "HEAD");
        git.text("read-tree", "--empty");
        var base = CodeSnapshot.take(user, Set.of(), code);
        LineFolder.write(code.folder(), base);
        head = base.commit();
        code.head(head);
        merged("T1", "cart.txt", "cart\n");

        var said = typed("apply", "shop").out();

        assertThat(said).contains("checkout --force taskweaver/shop").doesNotContain("stash", "Merge it");
        git.text("checkout", "--quiet", "--force", "taskweaver/shop");
        assertThat(git.text("status", "--porcelain")).isEmpty();
        assertThat(user.resolve("cart.txt")).hasContent("cart\n");
    }

    @Test
    void a_folder_below_the_root_takes_the_result_into_its_repository() throws Exception {
        var app = Files.createDirectories(user.resolve("packages/app"));
        merged("T1", "packages/app/cart.txt", "cart\n");

        assertThat(typed("apply", "shop", "--code", app.toString()).err()).isEmpty();

        assertThat(git.text("rev-parse", "taskweaver/shop")).isEqualTo(head);
        assertThat(app).isEmptyDirectory();
    }

    @Test
    void what_united_files_are_called_is_said() throws Exception {
        Files.writeString(user.resolve("index.js"), "export * from './a';\n");
        git.text("add", ".");
        git.text("commit", "--quiet", "--message", "barrel");
        var base = CodeSnapshot.take(user, Set.of(), code);
        LineFolder.write(code.folder(), base);
        head = base.commit();
        code.head(head);
        merged("T1", "index.js", "export * from './a';\nexport * from './cart';\n");
        Files.writeString(user.resolve("index.js"), "export * from './a.js';\n");
        git.text("commit", "--quiet", "--all", "--message", "mine");

        var typed = typed("apply", "shop", "--onto", "main");

        assertThat(typed.exitCode()).as(typed.out()).isZero();
        assertThat(typed.out()).contains("Both sides changed the same place of index.js, and both changes are kept");
        assertThat(git.text("show", "taskweaver/shop:index.js"))
                .isEqualTo("export * from './a.js';\nexport * from './cart';");
    }

    private Typed run(Path code) {
        return Typed.command(
                "run",
                folder.resolve("R.md").toString(),
                "--plan",
                "shop",
                "--code",
                code.toString(),
                "--apply",
                "--out",
                folder.resolve("out").toString(),
                "--data-dir",
                data.toString());
    }

    @Test
    void a_run_whose_result_could_not_be_applied_is_refused_before_anything_is_paid() throws Exception {
        Files.writeString(folder.resolve("R.md"), "# Shop\n\n- Users shall be able to order books\n");
        var plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("a.txt"), "a\n");

        var nowhere = run(plain);
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(nowhere.err())
                .contains("--apply has no repository to write to", "is in no Git repository", "git init")
                .contains("leave out --apply");

        git.text("branch", "taskweaver/shop");
        var taken = run(user);
        assertThat(taken.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(taken.err())
                .contains(
                        "A branch taskweaver/shop exists", "taskweaver apply shop --branch NAME", "git branch --move");
        git.text("branch", "--move", "taskweaver/shop", "taskweaver");
        assertThat(run(user).err()).contains("There is a branch taskweaver, so there cannot be");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void patches_are_a_mailbox_or_files() throws Exception {
        merged("T1", "cart.txt", "cart \u00fc\n");
        var out = folder.resolve("patches");

        assertThat(typed("patch", "shop").out())
                .startsWith("From 0000")
                .contains("Subject: [PATCH] Do T1", "+cart \u00fc");
        assertThat(typed("patch", "shop", "--out", out.toString()).out()).contains("Wrote 1 patch to " + out);

        git.text("am", "--quiet", out.resolve("0001-Do-T1.patch").toString());
        assertThat(git.text("rev-parse", "HEAD^{tree}")).isEqualTo(code.treeOf(head));
        assertThat(typed("patch", "shop", "--out", out.toString()).exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void changes_are_those_of_a_plan_or_of_a_task() throws Exception {
        merged("T1", "cart.txt", "cart\n");
        merged("T2", "pay.txt", "pay\n");

        assertThat(typed("changes", "shop").out()).contains("+cart\n", "+pay\n");
        assertThat(typed("changes", "shop", "--name-status").out()).isEqualTo("A\tcart.txt\nA\tpay.txt\n");
        assertThat(typed("changes", "shop", "T1").out())
                .contains("Do T1", "+cart\n")
                .doesNotContain("pay");
        assertThat(typed("changes", "shop", "T1", "--stat").out()).contains("1 file changed");
        var unknown = typed("changes", "shop", "T9");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unknown.err()).contains("Nothing of task T9 is merged in plan shop.");
    }

    @Test
    void what_is_missing_is_said_with_a_way_out() throws Exception {
        for (var command : List.of("apply", "patch", "changes")) {
            assertThat(typed(command, "shop").err())
                    .contains("Nothing of plan shop is merged.", "taskweaver status shop");
            var unknown = typed(command, "other");
            assertThat(unknown.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(unknown.err())
                    .contains("There is no code of a plan other", "taskweaver status", "context import FILE");
            assertThat(typed(command).err()).contains("No plan is named");
        }
        merged("T1", "cart.txt", "cart\n");
        var nowhere = typed("apply", "shop", "--code", folder.toString());
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(nowhere.err()).contains("is in no Git repository", "--code DIR");
        assertThat(typed("apply", "shop", "--code", folder.resolve("none").toString())
                        .err())
                .contains("There is no folder");
        assertThat(typed("apply", "shop", "--branch", "main").err()).contains("is checked out in");
    }

    @Test
    void ctrl_c_is_no_failure_of_git_and_leaves_nothing() throws Exception {
        merged("T1", "cart.slow", "cart\n");
        merged("T2", "a.txt", "changed\n");
        var begun = folder.resolve("begun");
        Files.writeString(user.resolve(".git/info/attributes"), "*.slow filter=slow\n");
        git.text("config", "filter.slow.smudge", "touch '" + begun + "'; sleep 60; cat");
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        var said = folder.resolve("said");
        var process = new ProcessBuilder(
                        // A program that a shell starts in the background ignores Ctrl-C, and so do those that it
                        // starts.
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "apply",
                        "shop",
                        "--work-tree",
                        "--data-dir",
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            await().atMost(TIMEOUT).until(() -> Files.exists(begun) || !process.isAlive());
            // A terminal sends it to all of its programs, and Git ends at once.
            var all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .map(one -> Long.toString(one.pid()))
                    .toList();
            assertThat(new ProcessBuilder("bash", "-c", "kill -INT " + String.join(" ", all))
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(process.waitFor(TIMEOUT)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(Files.readAllLines(said)).containsExactly("error: Interrupted.", "Run the command again.");
        assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(user.resolve("a.txt")).hasContent("a\n");
        assertThat(git.text("status", "--porcelain")).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }
}
