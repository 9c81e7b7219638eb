package io.taskweaver.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.taskweaver.events.EventMeta;
import io.taskweaver.model.TextLimits;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.connection.Retries;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the events of topics. For one thread. */
public final class EventReader implements AutoCloseable {
    private final Deserializer<SpecificRecord> deserializer;

    /** @param settings see {@link EventSerdes} */
    public EventReader(Map<String, ?> settings) {
        this.deserializer = EventSerdes.deserializer(settings);
    }

    /**
     * Reads a record's value.
     *
     * @param type what its topic carries
     * @param topic name of the topic on the broker
     * @throws RegistryUnavailableException if the registry does not return the record's schema
     */
    public <E extends Event> DecodedRecord<E> read(
            Class<E> type, String topic, Headers headers, byte @Nullable [] value) {
        if (value == null) return new DecodedRecord.Tombstone<>();
        try {
            var record = deserializer.deserialize(topic, headers, value);
            var expected = EventMappings.topicOf(type).type();
            return expected.isInstance(record)
                    ? understood(type, record)
                    : new DecodedRecord.Undecodable<>("the record is "
                            + (record == null
                                    ? "empty"
                                    : "a " + record.getSchema().getName()) + ", not a "
                            + expected.getSimpleName());
        } catch (RuntimeException e) {
            if (RegistryOutage.isBehind(e)) throw new RegistryUnavailableException(e);
            return new DecodedRecord.Undecodable<>(explained(e));
        }
    }

    /** The same for a received record. */
    public <E extends Event> DecodedRecord<E> read(Class<E> type, ConsumerRecord<byte[], byte[]> source) {
        return read(type, source.topic(), source.headers(), source.value());
    }

    /** The same, waiting while the registry is unavailable. */
    public <E extends Event> DecodedRecord<E> read(
            Class<E> type, ConsumerRecord<byte[], byte[]> source, Retries retries) throws InterruptedException {
        while (true) {
            try {
                var reading = read(type, source);
                retries.over();
                return reading;
            } catch (RegistryUnavailableException e) {
                retries.failed(e);
                retries.pause();
            }
        }
    }

    /** The same for a record without headers. */
    public <E extends Event> DecodedRecord<E> read(Class<E> type, String topic, byte @Nullable [] value) {
        return read(type, topic, new RecordHeaders(), value);
    }

    /** The same for a record of any topic. */
    public DecodedRecord<? extends Event> read(Topic<?> of, String topic, Headers headers, byte @Nullable [] value) {
        return read(EventMappings.typeOf(of), topic, headers, value);
    }

    /**
     * A record's value as JSON, with the fields of its schema: bytes in Base64, times in ISO 8601.
     *
     * @return JSON null for a tombstone and for bytes that cannot be decoded
     * @throws RegistryUnavailableException if the registry does not return the record's schema
     */
    public JsonNode json(String topic, Headers headers, byte @Nullable [] value) {
        try {
            return RecordJson.of(value == null ? null : deserializer.deserialize(topic, headers, value));
        } catch (RuntimeException e) {
            if (RegistryOutage.isBehind(e)) throw new RegistryUnavailableException(e);
            return NullNode.getInstance();
        }
    }

    private static <E extends Event> DecodedRecord<E> understood(Class<E> type, SpecificRecord record) {
        try {
            return new DecodedRecord.Understood<>(EventMappings.of(type).toModel(record));
        } catch (IllegalArgumentException | LimitExceeded e) {
            if (!PlanEvent.class.isAssignableFrom(type)) return new DecodedRecord.Invalid<>("", Optional.empty(), e);
            var meta =
                    (EventMeta) record.get(record.getSchema().getField("meta").pos());
            return new DecodedRecord.Invalid<>(
                    TextLimits.cut(meta.getEventId(), Meta.LONGEST_ID),
                    Optional.of(TextLimits.cut(meta.getPlanId(), Meta.LONGEST_ID)),
                    e);
        }
    }

    private static String explained(Throwable failure) {
        var root = Causes.of(failure).getLast();
        return root == failure ? failure.toString() : failure + ", caused by " + root;
    }

    @Override
    public void close() {
        deserializer.close();
    }
}
