package io.taskweaver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
    private static final int PORT = 8101;

    private final RequestGuard guard =
            new RequestGuard(AllowedHosts.of(List.of("context", "planner.example.com:443", "*.pods.cluster.local")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8101",
                "localhost:8101",
                "LocalHost:8101",
                "localhost.:8101",
                "127.8.9.10:8101",
                "[::1]:8101",
                "[0:0:0:0:0:0:0:1]:8101",
                "10.1.2.3:8101",
                "context",
                "CONTEXT.:80",
                "context:9999",
                "planner.example.com:443",
                "a.pods.cluster.local:8101"
            })
    void a_service_answers_to_its_own_names(String host) {
        assertThat(judge(get(host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8101",
                "localhost:8102",
                "localhost",
                "127.0.0.1",
                "10.1.2.4:8101",
                "0.0.0.0:8101",
                "[::]:8101",
                "127.1:8101",
                "2130706433:8101",
                "localhost.evil.example:8101",
                "evilcontext",
                "planner.example.com",
                "planner.example.com:80",
                "pods.cluster.local:8101",
                "xpods.cluster.local:8101"
            })
    void a_name_that_is_not_its_own_is_misdirected(String host) {
        assertThat(status(get(host))).contains(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "user@localhost:8101",
                "localhost:0",
                "localhost:99999",
                "localhost:8101:8101",
                "::1",
                "[::1",
                "[zz]:8101",
                "localhost:",
                "lo\tcalhost",
                "localhost/..",
                "héllo",
                "a,localhost:8101",
                "-x",
                ".."
            })
    void a_host_that_is_none_is_a_bad_request(String host) {
        assertThat(status(get(host))).contains(400);
    }

    @Test
    void there_is_one_host_and_every_place_that_names_one_counts() {
        assertThat(status(new Sent("GET", "/api/plans"))).contains(400);
        assertThat(status(get("localhost:8101").with("Host", "localhost:8101"))).contains(400);
        assertThat(status(new Sent("GET", "/api/plans").authority("evil.example")))
                .contains(421);
        assertThat(judge(new Sent("GET", "/api/plans").authority("localhost:8101")))
                .isEmpty();
        assertThat(status(get("localhost:8101").authority("evil.example"))).contains(421);
        assertThat(status(new Sent("GET", "http://evil.example/api/plans").with("Host", "localhost:8101")))
                .contains(421);
        assertThat(judge(new Sent("GET", "http://localhost:8101/api").with("Host", "localhost:8101")))
                .isEmpty();
        assertThat(status(new Sent("GET", "localhost:8101").with("Host", "localhost:8101")))
                .contains(400);
    }

    @Test
    void what_forwarding_headers_say_counts_for_nothing() {
        assertThat(status(get("evil.example:8101").with("X-Forwarded-Host", "localhost:8101")))
                .contains(421);
    }

    @Test
    void health_is_asked_for_by_any_address_but_not_by_any_name() {
        assertThat(judge(get("10.9.9.9:8101").probe())).isEmpty();
        assertThat(judge(new Sent("GET", "/q/health/live").probe())).isEmpty();
        assertThat(status(get("evil.example:8101").probe())).contains(421);
        assertThat(status(get("localhost:8101").probe().with("Sec-Fetch-Site", "cross-site")))
                .contains(403);
    }

    @Test
    void only_its_own_pages_may_call_a_service_from_a_browser() {
        for (var site : List.of("same-site", "cross-site", "", "SAME-ORIGIN", "same-origin,cross-site"))
            assertThat(status(get("localhost:8101").with("Sec-Fetch-Site", site)))
                    .as(site)
                    .contains(403);
        for (var site : List.of("same-origin", "none"))
            assertThat(judge(get("localhost:8101").with("Sec-Fetch-Site", site)))
                    .as(site)
                    .isEmpty();
        assertThat(status(get("localhost:8101").with("Sec-Fetch-Site", "none").with("Sec-Fetch-Site", "cross-site")))
                .contains(403);

        for (var origin : List.of(
                "http://localhost:8102",
                "http://127.0.0.1:8101",
                "https://evil.example",
                "null",
                "",
                "file://",
                "chrome-extension://abcdef",
                "http://localhost",
                "http://localhost:8101.evil.example",
                "localhost:8101"))
            assertThat(status(get("localhost:8101").with("Origin", origin)))
                    .as(origin)
                    .contains(403);
        for (var origin : List.of("http://localhost:8101", "https://localhost:8101", "http://LOCALHOST:8101"))
            assertThat(judge(get("localhost:8101").with("Origin", origin)))
                    .as(origin)
                    .isEmpty();
        assertThat(judge(get("context").with("Origin", "https://context"))).isEmpty();
        assertThat(judge(get("planner.example.com:443").with("Origin", "https://planner.example.com")))
                .isEmpty();
    }

    @Test
    void a_page_that_asks_whether_it_may_is_told_no() {
        assertThat(status(new Sent("OPTIONS", "/api/plans")
                        .with("Host", "localhost:8101")
                        .with("Access-Control-Request-Method", "POST")))
                .contains(403);
    }

    @Test
    void a_body_is_json_and_says_so() {
        for (var type : List.of(
                "application/json",
                "application/json; charset=utf-8",
                "Application/JSON;charset=UTF-8",
                "application/merge-patch+json",
                " application/json ")) assertThat(judge(post(type))).as(type).isEmpty();
        for (var type : List.of(
                "",
                "text/plain",
                "text/plain;charset=UTF-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/json",
                "application/jsonp",
                "application/json, text/plain",
                "application/json;a=b, text/plain",
                "text/plain; application/json",
                "json",
                "application/ json")) assertThat(status(post(type))).as(type).contains(415);
        assertThat(status(post(null))).contains(415);
        assertThat(status(post("application/json").with("Content-Type", "text/plain")))
                .contains(415);
        assertThat(judge(new Sent("POST", "/api/plans/x/commands/pause").with("Host", "localhost:8101")))
                .isEmpty();
    }

    @Test
    void a_body_in_an_encoding_that_is_not_decoded_is_refused() {
        for (var coding : List.of("xchunked", "gzip", "gzip, chunked", "chunked, chunked"))
            assertThat(status(post("application/json").with("Transfer-Encoding", coding)))
                    .as(coding)
                    .contains(501);
        assertThat(judge(post("application/json").with("Transfer-Encoding", "Chunked")))
                .isEmpty();
        assertThat(status(post("application/json").with("Content-Encoding", "gzip")))
                .contains(415);
        for (var type : List.of("application/json; charset=utf-16", "application/json;charset=\"latin1\""))
            assertThat(status(post(type))).as(type).contains(415);
    }

    @Test
    void methods_that_nothing_is_served_by_are_refused() {
        for (var method : List.of("TRACE", "CONNECT", "TRACK", "PROPFIND", "get"))
            assertThat(status(new Sent(method, "/api/plans").with("Host", "localhost:8101")))
                    .as(method)
                    .contains(405);
    }

    @Test
    void each_refusal_says_what_is_wrong_and_what_to_do_on_one_line() {
        for (var request : List.of(
                get("evil.example"),
                get(""),
                get("localhost:8101").with("Origin", "http://\u202eevil\n" + "x".repeat(500)),
                post("text/plain\r\nX: y"),
                new Sent("TRACE", "/"))) {
            var problem = judge(request).orElseThrow();
            assertThat(problem.detail()).hasSizeBetween(10, 250).matches("[\\x20-\\x7e]+");
            assertThat(problem.hint()).isNotBlank();
        }
    }

    @Test
    void a_configured_name_that_is_none_is_refused_at_the_start() {
        for (var name : List.of("http://context:8104", "a/b", "*", "*.*", "con text"))
            assertThatThrownBy(() -> AllowedHosts.of(List.of(name)))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        assertThat(AllowedHosts.of(List.of("", " context ")).isNamed("context:1"))
                .isTrue();
    }

    private Optional<Problem> judge(Sent request) {
        return guard.judge(request.request());
    }

    private Optional<Integer> status(Sent request) {
        return judge(request).map(Problem::status);
    }

    private static Sent get(String host) {
        return new Sent("GET", "/api/plans").with("Host", host);
    }

    private static Sent post(@Nullable String type) {
        var request = new Sent("POST", "/api/plans").with("Host", "localhost:8101");
        request.body = true;
        return type == null ? request : request.with("Content-Type", type);
    }

    private static final class Sent {
        private final String method;
        private final String target;
        private final Map<String, List<String>> headers = new HashMap<>();
        private Optional<String> authority = Optional.empty();
        private boolean body;
        private boolean probe;

        Sent(String method, String target) {
            this.method = method;
            this.target = target;
        }

        Sent with(String name, String value) {
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(value);
            return this;
        }

        Sent authority(String value) {
            authority = Optional.of(value);
            return this;
        }

        Sent probe() {
            probe = true;
            return this;
        }

        RequestGuard.Request request() {
            return new RequestGuard.Request(
                    method,
                    target,
                    name -> headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()),
                    authority,
                    false,
                    body,
                    probe,
                    new AllowedHosts.Local("10.1.2.3", PORT));
        }
    }
}
