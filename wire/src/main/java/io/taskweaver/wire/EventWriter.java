package io.taskweaver.wire;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.RequirementsRejected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Writes events to their topics. Thread-safe, as its serializer is. */
public final class EventWriter implements Serializer<Event> {
    private static final PlanId ANY_PLAN = new PlanId("any");

    private final String prefix;
    private final Serializer<SpecificRecord> serializer;

    /**
     * @param prefix of topic names
     * @param settings see {@link EventSerdes}
     */
    public EventWriter(String prefix, Map<String, ?> settings) {
        this.prefix = prefix;
        this.serializer = EventSerdes.serializer(settings);
    }

    /** Name of the topic of an event on the broker. */
    public String topic(Event event) {
        return EventMappings.topicOf(event.getClass()).name(prefix);
    }

    /**
     * The bytes of an event.
     *
     * @param topic its name on the broker
     * @throws RegistryUnavailableException if the registry does not accept its schema
     */
    @Override
    public byte[] serialize(String topic, Event event) {
        try {
            return serializer.serialize(topic, EventMappings.toAvro(event));
        } catch (RuntimeException e) {
            if (RegistryOutage.isBehind(e)) throw new RegistryUnavailableException(e);
            throw e;
        }
    }

    /**
     * The record of an event, with its key.
     *
     * @param trace its trace
     * @throws RegistryUnavailableException if the registry does not accept its schema
     */
    public ProducerRecord<byte[], byte[]> record(Event event, TraceContext trace) {
        var record = record(event);
        trace.addTo(record.headers());
        return record;
    }

    /**
     * The rejection of a submission with an invalid plan id.
     *
     * @param key of the submission
     * @param submission that violates a rule
     */
    public ProducerRecord<byte[], byte[]> rejected(
            String key, DecodedRecord.Invalid<?> submission, Rejection why, Instant at, TraceContext trace) {
        var plan = submission.planId().orElse("");
        var rejected = (io.taskweaver.events.RequirementsRejected) EventMappings.toAvro(new RequirementsRejected(
                new Meta(
                        Meta.derivedId(RequirementsRejected.class, plan, submission.eventId()),
                        ANY_PLAN,
                        at,
                        Optional.of(submission.eventId())),
                List.of(why)));
        rejected.getMeta().put("planId", plan);
        var topic = Topics.REQUIREMENTS_REJECTED.name(prefix);
        var record = new ProducerRecord<>(
                topic, key.getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, rejected));
        trace.addTo(record.headers());
        return record;
    }

    /**
     * The record of an event without a plan, and so without a trace.
     *
     * @throws RegistryUnavailableException if the registry does not accept its schema
     */
    public ProducerRecord<byte[], byte[]> record(Event event) {
        var topic = topic(event);
        return new ProducerRecord<>(
                topic, EventKeys.of(event).getBytes(StandardCharsets.UTF_8), serialize(topic, event));
    }

    /** The removal of a record from a compacted topic. */
    public ProducerRecord<byte[], byte[]> tombstone(Topic<?> topic, String key) {
        return new ProducerRecord<>(topic.name(prefix), key.getBytes(StandardCharsets.UTF_8), null);
    }

    @Override
    public void close() {
        serializer.close();
    }
}
