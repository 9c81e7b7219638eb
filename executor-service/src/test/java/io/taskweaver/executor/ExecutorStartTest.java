package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
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

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(home.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void without_a_broker_the_service_lives_and_says_what_to_do() throws IOException, InterruptedException {
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            var ready = get("/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .contains("The broker at 127.0.0.1:9 does not answer. Start it, or set kafka.bootstrap.servers.");
        });
    }

    @Test
    void slots_are_a_metric() throws IOException, InterruptedException {
        assertThat(get("/q/metrics").body()).contains("taskweaver_executor_slots 8.0");
    }

    @Test
    void only_configured_agents_are_made() {
        assertThat(ConfiguredAgents.of(agents))
                .extracting(agent -> agent.name())
                .containsExactly("simulated");
    }
}
