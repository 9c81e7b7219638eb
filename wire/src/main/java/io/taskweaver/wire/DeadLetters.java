package io.taskweaver.wire;

import io.micrometer.core.instrument.Metrics;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.wire.metrics.Metric;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Creates dead letters for records that cannot be processed, with origin, reason, the original bytes and the trace.
 * Each dead letter is counted in Micrometer's global registry, because Kafka Streams creates some writers itself,
 * without arguments.
 */
public final class DeadLetters {
    /** Reason: the bytes are not an event of the topic. */
    public static final String UNDECODABLE = "undecodable";

    /** Reason: the event names a plan that does not exist. */
    public static final String UNKNOWN_PLAN = "unknown-plan";

    /** Reason: the event is inconsistent or violates a rule. */
    public static final String INVALID = "invalid";

    /** Reason: the outcome of an attempt without a valid ticket, see {@link Tickets}. */
    public static final String UNTICKETED = "unticketed";

    /** Reason: processing it failed. */
    public static final String FAILED = "failed";

    /** Reason: a service created an event that is too large for a message. */
    public static final String TOO_LARGE = "too-large";

    /**
     * Largest original value in a dead letter, bytes: the source topic still has the record, and the dead letter must
     * be writable.
     */
    private static final int LARGEST_VALUE = 2 * Topics.MAX_MESSAGE_BYTES - 256 * 1024;

    /** Longest cause and longest key in a dead letter, characters. */
    private static final int LONGEST_TEXT = 10_000;

    private final String service;
    private final String prefix;
    private final String topic;
    private final Serializer<DeadLetter> serializer;

    /**
     * @param service name of the service that rejects records
     * @param prefix prefix of topic names
     * @param settings of the serializer, see {@link EventSerdes}
     */
    public DeadLetters(String service, String prefix, Map<String, ?> settings) {
        this.service = service;
        this.prefix = prefix;
        this.topic = Topics.DEAD_LETTERS.name(prefix);
        this.serializer = EventSerdes.serializer(settings);
    }

    /** Name of the service that gives up on records. */
    String service() {
        return service;
    }

    /** Whether a topic, by its name on the broker, is one of events. */
    boolean isOfEvents(String name) {
        return Topics.all().stream().map((Topic<?> each) -> each.name(prefix)).anyMatch(name::equals);
    }

    /** The dead letter of a source record. */
    public ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> source, String reason, String cause, Instant at) {
        return of(
                source.topic(),
                source.partition(),
                source.offset(),
                source.key(),
                source.value(),
                source.headers(),
                reason,
                cause,
                at);
    }

    /** The dead letter of a source record, given by its parts. */
    public ProducerRecord<byte[], byte[]> of(
            String sourceTopic,
            int partition,
            long offset,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            String reason,
            String cause,
            Instant at) {
        var shown = shortened(cause);
        if (value != null && value.length > LARGEST_VALUE) {
            shown += " (its " + value.length + " bytes are too many for a dead letter)";
            value = null;
        }
        if (key != null && key.length > LONGEST_TEXT) key = Arrays.copyOf(key, LONGEST_TEXT);
        var letter = DeadLetter.newBuilder()
                .setService(service)
                .setReason(reason)
                .setCause(shown)
                .setTopic(sourceTopic)
                .setPartition(partition)
                .setOffset(offset)
                .setKey(key == null ? null : new String(key, StandardCharsets.UTF_8))
                .setValue(value == null ? null : ByteBuffer.wrap(value))
                .setFailedAt(at)
                .build();
        var routing = key == null ? (sourceTopic + "-" + partition).getBytes(StandardCharsets.UTF_8) : key;
        var message = new ProducerRecord<>(topic, routing, serializer.serialize(topic, letter));
        Metric.DEAD_LETTERS
                .counter(Metrics.globalRegistry, service, withoutPrefix(sourceTopic), reason)
                .increment();
        traceOf(headers, letter.getKey()).ifPresent(trace -> trace.addTo(message.headers()));
        return message;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + " ...";
    }

    private String withoutPrefix(String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private static Optional<TraceContext> traceOf(Headers headers, @Nullable String key) {
        return TraceContext.of(headers)
                .or(() -> Optional.ofNullable(key).map(EventKeys::planOf).map(TraceContext::ofPlan));
    }
}
