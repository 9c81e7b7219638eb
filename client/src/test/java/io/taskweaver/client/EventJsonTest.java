package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.event.Command;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private static ObjectNode json(Topic<?> topic, Optional<TraceContext> trace, byte[] value) {
        var headers = new RecordHeaders();
        try (var reader = new EventReader(SingleObjectSerializer.settings())) {
            return EventJson.of(new EventFeed.Received(
                    topic,
                    3,
                    7,
                    AT,
                    "shop",
                    trace,
                    reader.read(topic, topic.name(), headers, value),
                    () -> reader.json(topic.name(), headers, value)));
        }
    }

    @Test
    void a_record_is_told_with_its_place_and_the_fields_of_its_schema() {
        var event = Events.commanded(new Command.PausePlan("lunch"), 0);
        var trace = TraceContext.ofPlan("shop");
        byte[] bytes;
        try (var writer = new EventWriter("", SingleObjectSerializer.settings())) {
            bytes = writer.serialize("plan-commands", event);
        }
        var json = json(Topics.PLAN_COMMANDS, Optional.of(trace), bytes);
        assertThat(json.path("topic").asText()).isEqualTo("plan-commands");
        assertThat(json.path("traceparent").asText()).isEqualTo(trace.traceparent());
        assertThat(json.path("offset").asLong()).isEqualTo(7);
        assertThat(json.has("problem")).isFalse();
        assertThat(json.at("/value/meta/planId").asText()).isEqualTo("shop");
        assertThat(json.at("/value/meta/occurredAt").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(json.at("/value/meta/causationId").isNull()).isTrue();
        assertThat(json.at("/value/command/reason").asText()).isEqualTo("lunch");
    }

    @Test
    void a_record_that_can_not_be_decoded_says_why() {
        var json = json(Topics.TASK_READY, Optional.empty(), "nonsense".getBytes(StandardCharsets.UTF_8));
        assertThat(json.path("problem").asText()).startsWith("not an event of this topic");
        assertThat(json.has("traceparent")).isFalse();
        assertThat(json.path("value").isNull()).isTrue();
    }
}
