package io.taskweaver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.taskweaver.access.testing.SlowClients;
import io.taskweaver.wire.metrics.Metric;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that many clients keep waiting. */
@QuarkusTest
@TestProfile(ShortLimits.class)
class SlowClientsTest {
    private static final int MANY = 1000;
    private static final int ASKS = 5;
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private URI server = URI.create("http://127.0.0.1");

    @Inject
    MeterRegistry meters;

    @Inject
    HttpLimits limits;

    @Inject
    SlowAuthentication authentication;

    @BeforeEach
    void findTheServer() {
        server = URI.create("http://127.0.0.1:" + RestAssured.port);
        // The first answers of a server take longer.
        RestAssured.get("/q/health").then().statusCode(200);
        RestAssured.given().contentType("application/json").body("{}").post("/api/test");
    }

    @Test
    void clients_that_stop_in_the_head_keep_nobody_out_and_are_closed() throws Exception {
        try (var slow = new SlowClients(server.getPort()).inTheHead(MANY)) {
            assertOthersAreServed();
            await().atMost(Duration.ofSeconds(20)).until(() -> slow.closed() == MANY);
        }
    }

    @Test
    void clients_that_stop_in_the_body_keep_nobody_out_and_are_closed() throws Exception {
        try (var slow = new SlowClients(server.getPort()).inTheBody(MANY, "/api/test", "")) {
            assertOthersAreServed();
            await().atMost(Duration.ofSeconds(20)).until(() -> slow.closed() == MANY);
        }
    }

    @Test
    void clients_that_do_not_read_their_answers_keep_nobody_out_and_are_closed() throws Exception {
        double before = closedFor("answer");
        try (var slow = new SlowClients(server.getPort()).beforeTheAnswer(MANY, "/api/test/large", "")) {
            assertThat(get("/q/health").statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(30)).until(() -> closedFor("answer") - before >= 20);
            assertThat(get("/q/health").statusCode()).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(get("/api/test/large").statusCode()).isEqualTo(200));
    }

    @Test
    void clients_that_send_requests_ahead_and_read_nothing_are_closed() throws Exception {
        double before = closedFor("pipelined");
        try (var slow = new SlowClients(server.getPort()).sendingAhead(200, 1000, "/q/health/live")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> slow.closed() == 200);
            assertOthersAreServed();
        }
        assertThat(closedFor("pipelined") - before).isEqualTo(200);
    }

    @Test
    void a_few_requests_sent_ahead_are_answered() throws Exception {
        var request = "GET /q/health/live HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n";
        try (var socket = new Socket("127.0.0.1", server.getPort())) {
            socket.setSoTimeout(10_000);
            var said = (request + "\r\n").repeat(4) + request + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
            var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(6);
        }
    }

    @Test
    void more_connections_than_the_limit_close_those_that_wait_longest() throws Exception {
        try (var slow = new SlowClients(server.getPort()).inTheHead(1600)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> slow.closed() >= 100);
            assertOthersAreServed();
        }
    }

    @Test
    void health_needs_no_thread_that_requests_can_take() throws Exception {
        var blocked = new CountDownLatch(1);
        ApiForTest.open = blocked;
        try (var slow = new SlowClients(server.getPort()).beforeTheAnswer(100, "/api/test/blocked", "")) {
            assertThat(get("/q/health").statusCode()).isEqualTo(200);
            assertThat(slow.closed()).isZero();
        } finally {
            blocked.countDown();
        }
        assertOthersAreServed();
    }

    @Test
    void clients_that_left_while_they_were_authenticated_take_no_turn() throws Exception {
        int all = limits.concurrent() + 1;
        try (var _ = new SlowClients(server.getPort()).beforeTheAnswer(all, "/api/test", "X-Hold: yes\r\n")) {
            await().until(() -> authentication.requests().size() == all);
        }
        for (var held : authentication.requests()) {
            await().until(() -> RequestQueue.isOver(held.request()));
            held.goOn().run();
        }
        assertOthersAreServed();
    }

    private void assertOthersAreServed() throws IOException, InterruptedException {
        assertThat(get("/q/health").statusCode()).isEqualTo(200);
        assertThat(post("/api/test", "{\"name\":\"n\"}").body()).isEqualTo("{\"name\":\"n\"}");
    }

    private double closedFor(String reason) {
        return Metric.HTTP_CONNECTIONS_CLOSED.counter(meters, reason).count();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve(path)));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** An answer within a second, and most of five are: of one, a machine that is busy with something else could be why. */
    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answers = new ArrayList<HttpResponse<String>>();
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int ask = 0; ask < ASKS; ask++)
                try {
                    answers.add(client.send(request.timeout(A_SECOND).build(), BodyHandlers.ofString()));
                } catch (HttpTimeoutException e) {
                    continue;
                }
        }
        assertThat(answers).as("answers within a second").hasSizeGreaterThan(ASKS / 2);
        return answers.getLast();
    }
}
