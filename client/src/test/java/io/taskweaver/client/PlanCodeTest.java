package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskweaver.code.AppliedLine;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.CodeSnapshot;
import io.taskweaver.code.Git;
import io.taskweaver.code.LineApply;
import io.taskweaver.code.LineBundle;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of a plan from a running system, whose part a server of the test plays. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class PlanCodeTest {
    private static final PlanId SHOP = new PlanId("shop");

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private CodeRepository code;
    private Path user;
    private Git git;
    private BaseCommit base;
    private String head;

    @BeforeEach
    void begin() throws Exception {
        user = Files.createDirectories(folder.resolve("user"));
        git = Git.in(user);
        git.text("init", "--quiet", "--initial-branch=main");
        Files.writeString(user.resolve("a.txt"), "a\n");
        git.text("add", ".");
        git.text("commit", "--quiet", "--message", "first");
        code = CodeRepository.open(folder.resolve("line"));
        start();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            var path = exchange.getRequestURI().getPath();
            var query = Optional.ofNullable(exchange.getRequestURI().getQuery());
            byte[] body = new byte[0];
            int status = 200;
            if (path.equals("/api/plans/shop/line"))
                body = ("{\"version\":1,\"base\":{\"folder\":\"" + base.folder() + "\",\"commit\":\"" + base.commit()
                                + "\",\"prefix\":\"\",\"start\":\"\"},\"head\":\"" + head + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
            else if (path.equals("/api/plans/shop/line.bundle"))
                body = LineBundle.bytes(code, base.commit(), head, query.map(text -> text.substring("have=".length())));
            else if (path.equals("/api/plans/broken/line")) body = "{}".getBytes(StandardCharsets.UTF_8);
            else status = path.startsWith("/api/plans/down") ? 503 : 404;
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
        code.close();
    }

    private void start() throws Exception {
        base = CodeSnapshot.take(user, Set.of(), code);
        head = base.commit();
    }

    private void merged(String path) throws Exception {
        var entry = code.file("x\n".getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
        var tree = code.edit(code.treeOf(head), List.of(new EntryChange(path, Optional.empty(), Optional.of(entry))));
        head = code.commit(tree, List.of(head), "Add " + path, Instant.ofEpochSecond(1_800_000_000));
    }

    private PlanCode.Found found(PlanId plan, Optional<Path> named) throws Exception {
        var url = "http://localhost:" + server.getAddress().getPort();
        return PlanCode.ofSystem(
                new Connection("none", "none", url, "", Map.of()), plan, new PlanCode.Target(named, folder));
    }

    private AppliedLine.Outcome applied(Optional<Path> named) throws Exception {
        try (var found = ((PlanCode.Found.Code) found(SHOP, named)).code()) {
            return found.toBranch(LineApply.Options.USUAL);
        }
    }

    @Test
    void only_what_the_repository_lacks_is_fetched() throws Exception {
        merged("b.txt");

        assertThat(applied(Optional.empty())).isInstanceOf(AppliedLine.Outcome.OnBranch.class);

        assertThat(asked).containsExactly("/api/plans/shop/line", "/api/plans/shop/line.bundle?have=" + base.commit());
        assertThat(git.text("rev-parse", "taskweaver/shop")).isEqualTo(head);
        assertThat(git.text("fsck", "--strict", "--no-progress")).isEmpty();
    }

    @Test
    void work_that_was_not_committed_comes_with_the_bundle() throws Exception {
        Files.writeString(user.resolve("new.txt"), "new\n");
        start();
        merged("b.txt");

        assertThat(applied(Optional.empty())).isInstanceOf(AppliedLine.Outcome.OnBranch.class);

        assertThat(git.text("rev-parse", "taskweaver/shop")).isEqualTo(head);
        assertThat(git.text("rev-parse", "taskweaver/shop~2")).isEqualTo(git.text("rev-parse", "main"));
        assertThat(git.text("fsck", "--strict", "--no-progress")).isEmpty();
    }

    @Test
    void another_clone_that_lacks_the_base_gets_all_of_it() throws Exception {
        var other = Files.createDirectories(folder.resolve("other"));
        var there = Git.in(other);
        there.text("init", "--quiet", "--initial-branch=main");
        Files.writeString(other.resolve("a.txt"), "a\n");
        Files.writeString(other.resolve("c.txt"), "c\n");
        there.text("add", ".");
        there.text("commit", "--quiet", "--message", "elsewhere");
        merged("b.txt");

        assertThat(applied(Optional.of(other))).isInstanceOf(AppliedLine.Outcome.OnBranch.class);

        assertThat(there.text("diff", "--name-status", "main", "taskweaver/shop"))
                .isEqualTo("A\tb.txt");
        assertThat(there.text("fsck", "--strict", "--no-progress")).isEmpty();
    }

    @Test
    void what_is_refused_of_agents_is_refused_of_persons_who_settle() throws Exception {
        merged("b.txt");
        var settled = Files.createDirectories(folder.resolve("settled/sub"));
        try (var plan = ((PlanCode.Found.Code) found(SHOP, Optional.empty())).code()) {
            Files.createSymbolicLink(settled.resolve("out"), Path.of("../../a.txt"));
            assertNotSettled(plan, "sub/out is a symbolic link to ../../a.txt, which is not inside the code");
            Files.move(settled.resolve("out"), settled.resolve("Git~1"));
            assertNotSettled(plan, "sub/Git~1 leads into .git on some systems");
            Files.delete(settled.resolve("Git~1"));
            Files.writeString(settled.resolve(".gitmodules"), "[submodule \"../x\"]\n\tpath = x\n\turl = x\n");
            assertNotSettled(plan, "Git refuses sub/.gitmodules: gitmodulesName: disallowed submodule name: ../x");
        }
    }

    @Test
    void files_do_not_settle_a_conflict_whose_result_is_not_known() throws Exception {
        merged("b.txt");
        Files.writeString(Files.createDirectories(folder.resolve("settled")).resolve("b.txt"), "mine\n");
        try (var plan = ((PlanCode.Found.Code) found(SHOP, Optional.empty())).code()) {
            assertNotSettled(plan, List.of("b.txt"), "does not say which commit has the result");
        }
    }

    @Test
    void a_folder_that_is_evidently_another_one_settles_nothing() throws Exception {
        merged("b.txt");
        var settled = Files.createDirectories(folder.resolve("settled"));
        try (var plan = ((PlanCode.Found.Code) found(SHOP, Optional.empty())).code()) {
            assertNotSettled(plan, Path.of("/"), List.of(), "is the root of the file system");

            for (int i = 0; i <= 1000; i++) Files.createFile(settled.resolve("file" + i));
            assertNotSettled(plan, "it has more than 1000 files, and none of those of the plan");
            Files.writeString(settled.resolve("b.txt"), "mine\n");
            assertThat(settle(plan, settled, Set.of()).taken()).contains("file0", "b.txt");
        }
    }

    @Test
    void a_folder_in_a_damaged_repository_settles_nothing() throws Exception {
        merged("b.txt");
        var settled = Files.createDirectories(folder.resolve("settled"));
        Files.writeString(settled.resolve("b.txt"), "mine\n");
        try (var plan = ((PlanCode.Found.Code) found(SHOP, Optional.empty())).code()) {
            for (var garbage : List.of("garbage\n", "gitdir: /nowhere\n")) {
                Files.writeString(settled.resolve(".git"), garbage);
                assertNotSettled(plan, "Git cannot use the repository that " + settled + " is in: fatal: ");
            }
            Files.delete(settled.resolve(".git"));
            assertThat(settle(plan, settled, Set.of()).taken()).containsExactly("b.txt");
        }
    }

    @Test
    void what_a_person_deletes_is_not_among_what_is_taken() throws Exception {
        merged("b.txt");
        var settled = Files.createDirectories(folder.resolve("settled"));
        Files.writeString(settled.resolve("b.txt"), "mine\n");
        try (var plan = ((PlanCode.Found.Code) found(SHOP, Optional.empty())).code()) {
            var files = settle(plan, settled, Set.of("b.txt"));
            assertThat(files.deleted()).containsExactly("b.txt");
            assertThat(files.taken()).isEmpty();

            assertThatThrownBy(() -> settle(plan, settled, Set.of("c.txt")))
                    .isInstanceOf(SettledFiles.RefusedException.class)
                    .hasMessageContaining("c.txt is not in the code");
        }
    }

    private static SettledFiles settle(PlanCode plan, Path from, Set<String> deleted) throws Exception {
        return SettledFiles.take(plan, Optional.empty(), List.of(), List.of(), from, deleted, Instant.EPOCH);
    }

    private void assertNotSettled(PlanCode plan, String why) {
        assertNotSettled(plan, List.of(), why);
    }

    private void assertNotSettled(PlanCode plan, List<String> conflicting, String why) {
        assertNotSettled(plan, folder.resolve("settled"), conflicting, why);
    }

    private static void assertNotSettled(PlanCode plan, Path from, List<String> conflicting, String why) {
        assertThatThrownBy(() -> SettledFiles.take(
                        plan, Optional.empty(), conflicting, List.of(), from, Set.of(), Instant.EPOCH))
                .isInstanceOfSatisfying(
                        SettledFiles.RefusedException.class,
                        refused -> assertThat(refused.hint()).isNotBlank())
                .hasMessageContaining(why);
    }

    @Test
    void a_plan_without_code_is_told_from_an_unknown_one() throws Exception {
        assertThat(found(SHOP, Optional.empty())).isInstanceOf(PlanCode.Found.NothingMerged.class);
        assertThat(found(new PlanId("other"), Optional.empty())).isInstanceOf(PlanCode.Found.Unknown.class);
        for (var plan : List.of("down", "broken"))
            assertThatThrownBy(() -> found(new PlanId(plan), Optional.empty())).isInstanceOf(SystemUnavailable.class);
    }
}
