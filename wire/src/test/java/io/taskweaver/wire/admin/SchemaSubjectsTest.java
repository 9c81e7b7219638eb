package io.taskweaver.wire.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaSubjectsTest {
    private static final Duration SOON = Duration.ofMillis(200);

    private final Set<String> met = ConcurrentHashMap.newKeySet();

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private HttpServer registry;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @Test
    void a_request_that_gets_lost_is_made_again() {
        registry.createContext("/", exchange -> {
            if (met.add(exchange.getRequestMethod() + exchange.getRequestURI())) return; // Never answered.
            var answer = "{\"compatibilityLevel\":\"BACKWARD\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        registry.start();

        try (var http = HttpClient.newHttpClient()) {
            var change = new SchemaSubjects(http, registry(), SOON).apply(Topics.TASK_READY, "");

            assertThat(change.kind()).isEqualTo(AdminChange.Kind.SCHEMA_UNCHANGED);
            assertThat(met).hasSize(2);
        }
    }

    @Test
    void a_registry_that_never_answers_is_unreachable() {
        registry.createContext("/", exchange -> met.add(exchange.getRequestMethod()));
        registry.start();

        try (var http = HttpClient.newHttpClient()) {
            var subjects = new SchemaSubjects(http, registry(), SOON);

            assertThatThrownBy(() -> subjects.apply(Topics.TASK_READY, ""))
                    .isInstanceOf(AdminException.RegistryUnreachable.class);
        }
    }

    @Test
    void a_login_is_sent_and_its_refusal_said_as_that() {
        registry.createContext("/", exchange -> {
            met.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        registry.start();
        var login = new ClusterSettings(
                Map.of(ClusterSettings.REGISTRY_USERNAME, "weaver", ClusterSettings.REGISTRY_PASSWORD, "s3cret"));

        try (var http = HttpClient.newHttpClient()) {
            var subjects = new SchemaSubjects(http, login.over(registry()));

            assertThatThrownBy(() -> subjects.apply(Topics.TASK_READY, ""))
                    .isInstanceOf(AdminException.RegistryUnreachable.class)
                    .hasMessageContaining("refuses this user and password")
                    .hasMessageNotContaining("s3cret");
            assertThat(met).containsExactly("Basic d2VhdmVyOnMzY3JldA==");
        }
    }

    private ClusterSettings registry() {
        return new ClusterSettings(Map.of(
                ClusterSettings.REGISTRY_URL,
                "http://127.0.0.1:" + registry.getAddress().getPort()));
    }
}
