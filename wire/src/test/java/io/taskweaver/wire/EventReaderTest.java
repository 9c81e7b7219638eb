package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.TaskStarted;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.testing.Filled;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String TOPIC = Topics.PLAN_CREATED.name();
    private static final byte[] OF_SCHEMA_7 = {0, 0, 0, 0, 7, 2, 3};

    @Test
    void an_event_is_decoded() {
        var settings = SingleObjectSerializer.settings();
        var event = Filled.of(PlanCreated.class);
        var bytes = new EventWriter("", settings).serialize(TOPIC, event);

        assertThat(new EventReader(settings).read(PlanCreated.class, TOPIC, bytes))
                .isEqualTo(new DecodedRecord.Understood<>(event));
    }

    @Test
    void garbage_is_undecodable() {
        assertThat(new EventReader(SingleObjectSerializer.settings()).read(PlanCreated.class, TOPIC, new byte[] {1}))
                .isInstanceOf(DecodedRecord.Undecodable.class);
    }

    @Test
    void a_registry_that_does_not_run_is_no_fault_of_the_bytes() {
        var reader = new EventReader(registry("http://127.0.0.1:9"));

        assertThatThrownBy(() -> reader.read(PlanCreated.class, TOPIC, OF_SCHEMA_7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("taskweaver.registry.url")
                .satisfies(outage -> assertThat(Retries.isOutage(outage)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 429, 500, 503})
    void a_registry_in_trouble_is_no_fault_of_the_bytes(int status) throws IOException {
        var registry = answering(status);
        try {
            var reader = new EventReader(registry(url(registry)));

            assertThatThrownBy(() -> reader.read(PlanCreated.class, TOPIC, OF_SCHEMA_7))
                    .isInstanceOf(RegistryUnavailableException.class);
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void a_schema_that_the_registry_does_not_know_makes_a_record_undecodable() throws IOException {
        var registry = answering(404);
        try {
            var reader = new EventReader(registry(url(registry)));

            assertThat(reader.read(PlanCreated.class, TOPIC, OF_SCHEMA_7))
                    .isInstanceOf(DecodedRecord.Undecodable.class);
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void an_event_of_another_topic_is_undecodable() {
        var settings = SingleObjectSerializer.settings();
        var bytes = new EventWriter("", settings).serialize(TOPIC, Filled.of(TaskStarted.class));

        assertThat(new EventReader(settings).read(PlanCreated.class, TOPIC, bytes))
                .isInstanceOf(DecodedRecord.Undecodable.class);
    }

    @Test
    void a_record_without_a_value_is_a_tombstone() {
        assertThat(new EventReader(SingleObjectSerializer.settings()).read(PlanCreated.class, TOPIC, null))
                .isEqualTo(new DecodedRecord.Tombstone<>());
    }

    private static HttpServer answering(int status) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Map<String, String> registry(String url) {
        return Map.of(EventSerdes.REGISTRY_URL, url + "/apis/registry/v3");
    }
}
