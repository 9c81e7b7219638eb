package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.taskweaver.access.testing.EveryRoute;
import io.taskweaver.access.testing.TestTokens;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The service as it starts alone, before there is a broker. */
@QuarkusTest
class ExecutorStartTest {
    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    URI home;

    @Inject
    AgentSettings agents;

    @Inject
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    Router router;

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(home.resolve(path))
                            .header("Authorization", TestTokens.bearer(TestTokens.VIEWER))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void without_a_broker_the_service_lives_and_says_what_to_do() throws IOException, InterruptedException {
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            var ready = get("/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .contains("No Kafka broker can be reached at 127.0.0.1:9", "Check bootstrap.servers");
        });
    }

    /** Micrometer holds what a gauge asks weakly, and then reads NaN: an autoscaler would stand still. */
    @Test
    void what_executors_are_scaled_by_keeps_its_value_when_garbage_was_collected()
            throws IOException, InterruptedException {
        var witness = new WeakReference<>(new Object());
        while (witness.get() != null) System.gc();

        assertThat(get("/q/metrics").body())
                .contains("\ntaskweaver_executor_slots 8.0\n")
                .contains("\ntaskweaver_executor_slots_used 0.0\n")
                .containsPattern("\ntaskweaver_executor_journal_lag -?[0-9.]+\n");
    }

    @Test
    void only_configured_agents_are_made() {
        assertThat(ConfiguredAgents.of(agents))
                .extracting(agent -> agent.name())
                .containsExactly("simulated");
    }

    @Test
    void whatever_is_asked_but_health_needs_a_token() throws IOException {
        for (var call : EveryRoute.closed(router)) {
            var answer = call.request(home).send(home);
            assertThat(answer.status()).as("%s %s", call, answer.text()).isEqualTo(401);
        }
    }
}
