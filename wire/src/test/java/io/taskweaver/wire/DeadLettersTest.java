package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private final DeadLetters letters = new DeadLetters("planner", "test-", SingleObjectSerializer.settings());

    @Test
    void a_letter_keeps_origin_reason_cause_and_the_untouched_bytes() {
        var bytes = new byte[] {0, 1, 2, -1};
        var source = new ConsumerRecord<>("task-completed", 3, 42L, "plan".getBytes(StandardCharsets.UTF_8), bytes);

        var sent = letters.of(source, DeadLetters.UNDECODABLE, "no such schema", NOW);

        assertThat(sent.topic()).isEqualTo("test-dead-letters");
        assertThat(sent.key()).isEqualTo(source.key());
        assertThat(read(sent.value()))
                .isEqualTo(DeadLetter.newBuilder()
                        .setService("planner")
                        .setReason("undecodable")
                        .setCause("no such schema")
                        .setTopic("task-completed")
                        .setPartition(3)
                        .setOffset(42)
                        .setKey("plan")
                        .setValue(ByteBuffer.wrap(bytes))
                        .setFailedAt(NOW)
                        .build());
    }

    @Test
    void a_letter_of_a_record_without_key_or_value_is_keyed_by_its_origin() {
        var source = new ConsumerRecord<byte[], byte[]>("task-completed", 3, 42L, null, null);

        var sent = letters.of(source, DeadLetters.INVALID, "no value", NOW);

        assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("task-completed-3");
        assertThat(read(sent.value()).getKey()).isNull();
        assertThat(read(sent.value()).getValue()).isNull();
    }

    @Test
    void a_letter_gets_through_however_large_the_record_and_the_cause_are() {
        var source = new ConsumerRecord<>("task-completed", 3, 42L, new byte[50_000], new byte[17 * 1024 * 1024]);

        var sent = letters.of(source, DeadLetters.UNDECODABLE, "x".repeat(50_000), NOW);

        assertThat(sent.key().length + sent.value().length).isLessThan(100_000);
        assertThat(read(sent.value()).getCause()).contains("17825792 bytes are too many");
    }

    @Test
    void letters_are_counted_by_topic_and_reason() {
        var registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            for (int i = 0; i < 2; i++)
                letters.of(
                        new ConsumerRecord<byte[], byte[]>("test-task-failed", i, 42L, null, null),
                        DeadLetters.INVALID,
                        "no value",
                        NOW);
            var counters = registry.get("taskweaver.dead.letters").counters();
            assertThat(counters).hasSize(1);
            assertThat(counters).first().satisfies(counter -> {
                assertThat(counter.count()).isEqualTo(2);
                assertThat(counter.getId().getTags())
                        .containsExactlyInAnyOrder(
                                Tag.of("service", "planner"),
                                Tag.of("topic", "task-failed"),
                                Tag.of("reason", "invalid"));
            });
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    private static DeadLetter read(byte[] value) {
        return EventSerdes.<DeadLetter>deserializer(SingleObjectSerializer.settings())
                .deserialize("test-dead-letters", value);
    }
}
