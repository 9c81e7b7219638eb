package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that work on the organisation's repository and answer with pull requests: the simulated service does. */
class RemoteTest {
    @TempDir
    private Path dir;

    private Path code;
    private Path bare;

    @BeforeEach
    void repositories() throws Exception {
        code = Files.createDirectories(dir.resolve("code"));
        bare = dir.resolve("shop.git");
        GitFolder.git(dir, "init", "--quiet", "--bare", "--initial-branch=main", bare.toString());
        git("init", "--quiet", "--initial-branch=main");
        git("remote", "add", "origin", bare.toString());
        Files.createDirectories(code.resolve("src"));
        Files.writeString(code.resolve("src/app.js"), "app\n");
        Files.writeString(code.resolve(".gitignore"), ".env\n");
        GitFolder.commit(code, "first");
        Files.writeString(code.resolve("src/more.js"), "more\n");
        GitFolder.commit(code, "second");
        git("push", "--quiet", "origin", "main");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        return GitFolder.git(code, arguments);
    }

    private String inBare(String... arguments) throws IOException, InterruptedException {
        return GitFolder.git(bare, arguments);
    }

    private Workspace workspace() {
        return new Workspace(dir)
                .with("TASKWEAVER_SIMULATOR_MIN_DURATION", "50ms")
                .with("TASKWEAVER_SIMULATOR_MAX_DURATION", "200ms");
    }

    /** Every second task needs the one before. */
    private Path tasks(Workspace workspace, int number) {
        var tasks = IntStream.rangeClosed(1, number)
                .mapToObj(i -> "- [ ] T" + i + " Add the feature number " + i
                        + (i % 2 == 0 ? " (depends on T" + (i - 1) + ")" : "") + "\n")
                .toList();
        return workspace.document("tasks.md", "# Tasks\n\n" + String.join("", tasks));
    }

    private static String[] run(Path document, String... options) {
        var line = new ArrayList<>(
                List.of("run", document.toString(), "--code", "code", "--agent", "simulated", "--remote", "origin"));
        line.addAll(List.of(options));
        return line.toArray(String[]::new);
    }

    private String plan() throws IOException {
        return Workspace.JSON
                .readTree(dir.resolve("taskweaver-out/plan.json").toFile())
                .path("plan")
                .asText();
    }

    @Test
    void ten_tasks_are_done_by_pull_requests_on_the_plans_line_and_end_on_a_branch() throws Exception {
        Files.writeString(code.resolve(".env"), "API_TOKEN=tok-7f3a9c-of-the-user\n");
        Files.writeString(code.resolve("uncommitted.txt"), "not yet\n");
        try (var workspace = workspace().with("TASKWEAVER_SIMULATOR_STRAY_BASE_RATE", "0.3")) {
            var document = tasks(workspace, 10);

            var refused = workspace.taskweaver(run(document));
            assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
            assertThat(refused.output()).contains("uncommitted work", "--include-uncommitted");
            assertThat(inBare("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");

            var run = workspace.taskweaver(run(
                    document,
                    "--include-uncommitted",
                    "--bring",
                    ".env",
                    "--verify",
                    ". ./.env && [ -e uncommitted.txt ]",
                    "--max-attempts",
                    "6",
                    "--apply"));

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("10 done", "Removed", "Branches and pull requests of agents stay");
            // Some attempts based their work on a commit of their own.
            assertThat(Files.readString(dir.resolve("taskweaver-out/report.md")))
                    .contains("is not based on branch taskweaver/" + plan() + "/T");
            var branch = "taskweaver/" + plan();
            assertThat(git("log", "--format=%(trailers:key=Task,valueonly,separator=)", branch)
                            .lines()
                            .filter(line -> !line.isBlank()))
                    .hasSize(10)
                    .doesNotHaveDuplicates();
            assertThat(git("ls-tree", "-r", "--name-only", branch).lines())
                    .contains("docs/notes/note-T1.md", "docs/notes/note-T10.md", "uncommitted.txt");
            // An agent that needs another's result had it: it is in the history of its own branch.
            for (int i = 2; i <= 10; i += 2) {
                var own = inBare(
                                "for-each-ref",
                                "--format=%(refname)",
                                "refs/heads/simulated/" + plan() + "/T" + i + "/")
                        .lines()
                        .toList()
                        .getLast();
                assertThat(inBare("ls-tree", "-r", "--name-only", own))
                        .contains("docs/notes/note-T" + (i - 1) + ".md", "docs/notes/note-T" + i + ".md");
            }
            assertThat(inBare("for-each-ref", "--format=%(refname)", "refs/heads/taskweaver"))
                    .isEmpty();
            assertThat(inBare("log", "--all", "--format=%H", "--", ".env")).isEmpty();
            for (var repository :
                    List.of(code, bare, dir.resolve(".taskweaver/code").resolve(plan())))
                assertThat(GitFolder.git(repository, "fsck", "--strict", "--no-dangling"))
                        .isEmpty();
            assertThat(git("status", "--porcelain")).isEqualTo("?? uncommitted.txt");
            assertThat(git("for-each-ref", "--format=%(refname)", "refs/heads").lines())
                    .containsExactlyInAnyOrder("refs/heads/main", "refs/heads/" + branch);
            becomesAPullRequest(workspace, branch);
        }
    }

    /** The same branch goes to the server of the repository, once as a new request and then as an update of it. */
    private void becomesAPullRequest(Workspace workspace, String branch) throws Exception {
        git("remote", "set-url", "origin", "https://github.example/acme/shop.git");
        git("remote", "set-url", "--push", "origin", bare.toString());
        var requests = Collections.synchronizedList(new ArrayList<String>());
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isOpen = requests.stream().anyMatch(request -> request.startsWith("POST"));
            requests.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + body);
            var answer = exchange.getRequestMethod().equals("GET")
                    ? (isOpen ? "[{\"number\":7}]" : "[]")
                    : "{\"html_url\":\"https://github.example/acme/shop/pull/7\"}";
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            var api = "http://127.0.0.1:" + server.getAddress().getPort();
            var without = workspace.taskweaver("apply", "--pull-request", "--api-url", api);
            assertThat(without.exitCode()).as(without.output()).isEqualTo(2);
            assertThat(without.output()).contains("no token", "GITHUB_TOKEN or GH_TOKEN");
            workspace.with("GITHUB_TOKEN", "tok-of-the-test");

            var first = workspace.taskweaver("apply", "--pull-request", "--api-url", api);
            var second = workspace.taskweaver("apply", "--pull-request", "--api-url", api);

            assertThat(first.exitCode()).as(first.output()).isZero();
            assertThat(first.output())
                    .contains("Pushed branch " + branch + " to origin.")
                    .contains("Opened the pull request into main: https://github.example/acme/shop/pull/7");
            assertThat(second.output())
                    .contains("Updated the pull request into main")
                    .doesNotContain("tok-of-the-test");
            assertThat(inBare("rev-parse", branch)).isEqualTo(git("rev-parse", branch));
            assertThat(requests.stream().map(request -> request.split(" ", 3)[0] + " " + request.split(" ", 3)[1]))
                    .containsExactly(
                            "GET /repos/acme/shop/pulls",
                            "POST /repos/acme/shop/pulls",
                            "GET /repos/acme/shop/pulls",
                            "PATCH /repos/acme/shop/pulls/7");
            assertThat(requests.get(1))
                    .contains("\"title\":\"TaskWeaver: " + plan(), "Add the feature number 10", "\"head\":\"" + branch);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Tag("long")
    void a_remote_that_goes_away_pauses_the_plan_and_nothing_is_paid_twice() throws Exception {
        try (var workspace = workspace()
                .with("TASKWEAVER_SIMULATOR_MIN_DURATION", "3s")
                .with("TASKWEAVER_SIMULATOR_MAX_DURATION", "3s")) {
            var document = tasks(workspace, 2);
            var away = dir.resolve("away.git");
            Files.move(bare, away);
            var unreachable = workspace.taskweaver(run(document));
            assertThat(unreachable.exitCode()).as(unreachable.output()).isEqualTo(2);
            assertThat(unreachable.output()).contains("origin (" + bare + ")", "Nothing was started", "git remote -v");
            Files.move(away, bare);

            assertThat(workspace.taskweaver("up").exitCode()).isZero();
            var running = workspace.start(run(document));
            // The agent has pushed its branch, and its run takes a while longer.
            await(() -> Files.exists(bare.resolve("refs/heads/simulated")));
            Files.move(bare, away);
            running.process().waitFor();
            assertThat(running.output())
                    .contains("the remote repository could not be used", "not paid for again", "git remote -v");
            assertThat(running.process().exitValue()).isEqualTo(5);

            Files.move(away, bare);
            var again = workspace.taskweaver(run(document));
            assertThat(again.exitCode()).as(again.output()).isZero();
            assertThat(again.output()).contains("2 done");
            assertThat(workspace.creations().values())
                    .as("runs by attempt")
                    .allMatch(count -> count == 1)
                    .hasSize(2);
        }
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition::getAsBoolean);
    }
}
