package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.kiota.ApiExceptionBuilder;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.ExecutorHeartbeat;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

final class RegistryOutageTest {
    private static final byte[] KNOWN_FORM = {0, 0, 0, 0, 1, 2, 3};

    @Test
    void a_registry_that_can_not_be_reached_is_an_outage() {
        assertThat(isOutage("http://127.0.0.1:9/apis/registry/v3", KNOWN_FORM)).isTrue();
    }

    @Test
    void a_registry_that_takes_the_request_and_never_answers_is_one() throws IOException {
        // It accepts connections, in its backlog, and reads nothing.
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertThat(isOutage("http://127.0.0.1:" + silent.getLocalPort() + "/apis/registry/v3", KNOWN_FORM))
                    .isTrue();
        }
    }

    @Test
    void a_question_whose_answer_is_lost_is_asked_again() throws IOException {
        var asked = new AtomicInteger();
        assertThat(answered(exchange -> {
                    if (asked.incrementAndGet() > 1) exchange.sendResponseHeaders(404, -1);
                }))
                .isFalse();
        assertThat(asked).hasValueGreaterThan(1);
    }

    @Test
    void writing_an_event_does_not_wait_without_end_either() throws IOException {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var serializer = EventSerdes.<ExecutorHeartbeat>serializer(
                    settings("http://127.0.0.1:" + silent.getLocalPort() + "/apis/registry/v3"));
            var thrown = catchThrowable(() -> serializer.serialize(
                    "executor-heartbeat",
                    ExecutorHeartbeat.newBuilder()
                            .setExecutorId("e-1")
                            .setBeatAt(Instant.EPOCH)
                            .setIntervalMillis(1000)
                            .setSlots(1)
                            .build()));
            assertThat(RegistryOutage.isBehind(thrown)).as("%s", thrown).isTrue();
        }
    }

    @Test
    void a_connection_that_breaks_off_is_one() throws IOException {
        assertThat(answered(exchange -> exchange.close())).isTrue();
    }

    @Test
    void trouble_of_the_registry_itself_is_one() throws IOException {
        assertThat(answered(exchange -> exchange.sendResponseHeaders(500, -1))).isTrue();
    }

    @Test
    void that_the_registry_knows_no_such_schema_is_none() throws IOException {
        assertThat(answered(exchange -> exchange.sendResponseHeaders(404, -1))).isFalse();
        assertThat(RegistryOutage.isBehind(new IllegalStateException(
                        new ApiExceptionBuilder().withResponseStatusCode(404).build())))
                .isFalse();
    }

    @Test
    void bytes_that_are_no_event_are_none_even_while_the_registry_is_away() {
        assertThat(isOutage("http://127.0.0.1:9/apis/registry/v3", "nonsense".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void a_record_that_ends_too_early_is_none() {
        assertThat(RegistryOutage.isBehind(new SerializationException(new EOFException())))
                .isFalse();
    }

    private static boolean answered(HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        try {
            return isOutage("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/registry/v3", KNOWN_FORM);
        } finally {
            server.stop(0);
        }
    }

    private static boolean isOutage(String registry, byte[] bytes) {
        Deserializer<ContextMerged> deserializer = EventSerdes.deserializer(settings(registry));
        var thrown = catchThrowable(() -> deserializer.deserialize("context-merged", bytes));
        assertThat(thrown).isNotNull();
        return RegistryOutage.isBehind(thrown);
    }

    private static Map<String, Object> settings(String registry) {
        return Map.of(
                EventSerdes.REGISTRY_URL,
                registry,
                EventSerdes.REGISTRY_TIMEOUT,
                Duration.ofMillis(800).toMillis(),
                "apicurio.registry.retry-count",
                "0",
                "apicurio.registry.retry-backoff-ms",
                "1");
    }
}
