package io.taskweaver.client.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.taskweaver.client.OpenTasks;
import io.taskweaver.code.AppliedLine;
import io.taskweaver.code.BranchPush;
import io.taskweaver.code.Refusal;
import io.taskweaver.model.PlanId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullRequestsTest {
    private static final String TOKEN = "tok-very-secret";
    private static final PullRequests.Request REQUEST =
            new PullRequests.Request("taskweaver/shop", "main", "Shop", "All of it.");

    private record Answer(int status, String body, Map<String, String> headers) {}

    private final Map<String, Answer> answers = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var operation = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add(operation + (body.isEmpty() ? "" : " " + body));
            assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer " + TOKEN);
            var answer = answers.getOrDefault(operation, new Answer(500, "", Map.of()));
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void on(String operation, int status, String body, String... headers) {
        var named = new HashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) named.put(headers[i], headers[i + 1]);
        answers.put(operation, new Answer(status, body, named));
    }

    private PullRequests.Outcome open(CodeHost.Kind kind) throws Exception {
        var base =
                "http://127.0.0.1:" + server.getAddress().getPort() + (kind == CodeHost.Kind.GITLAB ? "/api/v4" : "");
        try (var opened = new PullRequests(new CodeHost(kind, URI.create(base), "acme/shop", TOKEN))) {
            return opened.open(REQUEST);
        }
    }

    private Refusal refusal(CodeHost.Kind kind) throws Exception {
        return ((PullRequests.Outcome.Failed) open(kind)).refusal();
    }

    private static final String OPEN_AT_GITHUB = "GET /repos/acme/shop/pulls?state=open&head=acme%3Ataskweaver%2Fshop";
    private static final String OPEN_AT_GITLAB =
            "GET /api/v4/projects/acme%2Fshop/merge_requests?state=opened&source_branch=taskweaver%2Fshop";

    @Test
    void a_pull_request_is_opened_at_github_and_updated_where_one_is_open() throws Exception {
        on(OPEN_AT_GITHUB, 200, "[]");
        on("POST /repos/acme/shop/pulls", 201, "{\"html_url\":\"https://github.com/acme/shop/pull/7\"}");
        assertThat(open(CodeHost.Kind.GITHUB))
                .isEqualTo(new PullRequests.Outcome.Open("https://github.com/acme/shop/pull/7", true));
        assertThat(requests.getLast())
                .isEqualTo("POST /repos/acme/shop/pulls {\"title\":\"Shop\",\"body\":\"All of it.\",\"base\":\"main\","
                        + "\"head\":\"taskweaver/shop\"}");

        on(OPEN_AT_GITHUB, 200, "[{\"number\":7}]");
        on("PATCH /repos/acme/shop/pulls/7", 200, "{\"html_url\":\"https://github.com/acme/shop/pull/7\"}");
        assertThat(open(CodeHost.Kind.GITHUB))
                .isEqualTo(new PullRequests.Outcome.Open("https://github.com/acme/shop/pull/7", false));
        assertThat(requests.stream().filter(request -> request.startsWith("POST")))
                .hasSize(1);
    }

    @Test
    void a_merge_request_is_opened_at_gitlab_and_updated_where_one_is_open() throws Exception {
        on(OPEN_AT_GITLAB, 200, "[]");
        on("POST /api/v4/projects/acme%2Fshop/merge_requests", 201, "{\"web_url\":\"https://gitlab.com/r/3\"}");
        assertThat(open(CodeHost.Kind.GITLAB)).isEqualTo(new PullRequests.Outcome.Open("https://gitlab.com/r/3", true));
        assertThat(requests.getLast())
                .endsWith("{\"title\":\"Shop\",\"description\":\"All of it.\",\"target_branch\":\"main\","
                        + "\"source_branch\":\"taskweaver/shop\"}");

        on(OPEN_AT_GITLAB, 200, "[{\"iid\":3}]");
        on("PUT /api/v4/projects/acme%2Fshop/merge_requests/3", 200, "{\"web_url\":\"https://gitlab.com/r/3\"}");
        assertThat(open(CodeHost.Kind.GITLAB))
                .isEqualTo(new PullRequests.Outcome.Open("https://gitlab.com/r/3", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"message\":\"Bad credentials\"} | rejected the token: Bad credentials | GITHUB_TOKEN"
                        + " or GH_TOKEN",
                "403 | {\"message\":\"Resource not accessible\"} | denied access | permission to write pull requests",
                "404 | {\"message\":\"Not Found\"} | has no repository acme/shop | the permissions of",
                "422 | {\"message\":\"Validation Failed\",\"errors\":[{\"message\":\"No commits between\"}]} |"
                        + " Validation Failed; No commits between | --base",
                "301 | {\"message\":\"Moved\"} | HTTP 301 | set-url",
                "503 | <html>tok-very-secret</html> | HTTP 503 | Try again later"
            })
    void what_goes_wrong_is_said_in_plain_words(int status, String body, String reason, String remedy)
            throws Exception {
        on(OPEN_AT_GITHUB, status, body);

        assertThat(refusal(CodeHost.Kind.GITHUB).reason()).contains(reason).doesNotContain(TOKEN);
        assertThat(refusal(CodeHost.Kind.GITHUB).remedy()).contains(remedy);
    }

    @Test
    void a_rate_limit_says_when_to_try_again() throws Exception {
        on(OPEN_AT_GITHUB, 403, "{}", "x-ratelimit-remaining", "0", "x-ratelimit-reset", "1800000000");
        assertThat(refusal(CodeHost.Kind.GITHUB).reason()).contains("rate limit");
        assertThat(refusal(CodeHost.Kind.GITHUB).remedy()).contains("after 2027-01-15T08:00:00Z");
        on(OPEN_AT_GITLAB, 429, "", "Retry-After", "30");
        assertThat(refusal(CodeHost.Kind.GITLAB).remedy()).contains("in 30 s");
    }

    @Test
    void gitlab_names_what_is_wrong_in_objects() throws Exception {
        on(OPEN_AT_GITLAB, 200, "[]");
        on(
                "POST /api/v4/projects/acme%2Fshop/merge_requests",
                409, "{\"message\":[\"Another open merge request already exists\"]}");
        assertThat(refusal(CodeHost.Kind.GITLAB).reason()).contains("Another open merge request already exists");
    }

    @Test
    void a_server_that_is_not_there_is_no_crash() throws Exception {
        server.stop(0);
        assertThat(refusal(CodeHost.Kind.GITHUB).reason()).contains("No answer");
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/shop.git, GITHUB, https://api.github.com, acme/shop",
        "git@github.com:acme/shop.git, GITHUB, https://api.github.com, acme/shop",
        "ssh://git@gitlab.com:22/acme/sub/shop.git, GITLAB, https://gitlab.com/api/v4, acme/sub/shop",
        "git@git.acme.example:a/b.git, GITHUB, https://git.acme.example/api/v3, a/b",
        "https://code.acme.example/a/b.git, GITLAB, https://code.acme.example/api/v4, a/b"
    })
    void the_server_follows_from_the_remote(String url, CodeHost.Kind kind, String api, String project) {
        var environment = Map.of(
                "GITHUB_TOKEN",
                "t",
                "GITLAB_TOKEN",
                "t",
                "GH_HOST",
                "git.acme.example",
                "GITLAB_HOST",
                "code.acme.example");

        assertThat(CodeHost.of(url, Optional.empty(), environment))
                .isEqualTo(new CodeHost.Found.Host(new CodeHost(kind, URI.create(api), project, "t")));
    }

    @Test
    void an_unknown_server_a_folder_and_a_missing_token_have_a_way_out() {
        assertThat(CodeHost.of("https://git.example/a/b.git", Optional.empty(), Map.of()))
                .isInstanceOfSatisfying(
                        CodeHost.Found.None.class,
                        none -> assertThat(none.refusal().remedy())
                                .contains("--api-url", "https://git.example/api/v4"));
        assertThat(CodeHost.of("https://gitlab.acme.example/a/b", Optional.empty(), Map.of("GITLAB_TOKEN", "t")))
                .as("a name is no proof")
                .isInstanceOf(CodeHost.Found.None.class);
        assertThat(CodeHost.of("/srv/git/shop.git", Optional.empty(), Map.of()))
                .isInstanceOfSatisfying(
                        CodeHost.Found.None.class,
                        none -> assertThat(none.refusal().reason()).contains("not a repository on GitHub or GitLab"));
        assertThat(CodeHost.of("https://github.com/a/b", Optional.empty(), Map.of("GITLAB_TOKEN", "t")))
                .isInstanceOfSatisfying(
                        CodeHost.Found.None.class,
                        none -> assertThat(none.refusal().remedy()).contains("GITHUB_TOKEN or GH_TOKEN"));
        assertThat(CodeHost.of(
                        "https://git.example/a/b.git",
                        Optional.of(URI.create("https://git.example/api/v4")),
                        Map.of("GITLAB_TOKEN", "t")))
                .isInstanceOfSatisfying(
                        CodeHost.Found.Host.class,
                        found -> assertThat(found.host().kind()).isEqualTo(CodeHost.Kind.GITLAB));
    }

    @Test
    void the_text_has_the_commits_and_what_is_not_in_it_and_mentions_nobody() {
        var line = new AppliedLine(
                "main",
                2,
                0,
                List.of(new AppliedLine.Unfit("Late", List.of("a.txt"), List.of())),
                List.of(),
                Map.of("index.js", "lines"),
                Optional.empty(),
                List.of());
        var commits = List.of(
                new BranchPush.Commit("Sort *products*", "Fixes #12, thanks @acme.", Optional.of("FR-2")),
                new BranchPush.Commit("Contract", "", Optional.empty()));

        var open = new OpenTasks(List.of("FR-3"), true);
        var text = RequestText.of(new PlanId("shop"), Optional.of("A shop\nto sell"), commits, line, open);

        assertThat(text.title()).isEqualTo("A shop to sell");
        assertThat(text.body())
                .contains(
                        "plan `shop`: 2 commits",
                        "Not included**, because not merged: FR-3",
                        "- Late (a.txt)",
                        "index.js")
                .contains("### Sort \\*products\\* (FR-2)", "### Contract\n")
                .doesNotContain("@acme", "#12");
        assertThat(RequestText.of(
                                new PlanId("shop"),
                                Optional.empty(),
                                commits,
                                line,
                                new OpenTasks(List.of("FR-3"), false))
                        .body())
                .contains("Not included**, because not merged when the last run ended: FR-3.");
        assertThat(RequestText.of(new PlanId("shop"), Optional.of("Plan"), commits, line, OpenTasks.NONE)
                        .title())
                .isEqualTo("TaskWeaver: shop");
        var many = Collections.nCopies(500, new BranchPush.Commit("t", "x".repeat(900), Optional.empty()));
        assertThat(RequestText.of(new PlanId("shop"), Optional.empty(), many, line, OpenTasks.NONE)
                        .body())
                .hasSizeLessThan(65_536)
                .contains("more commits");
    }
}
