package io.taskweaver.executor;

import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes all that an executor writes.
 *
 * <p>One plain producer, not one messaging channel for each topic: an attempt awaits its records on its own virtual
 * thread, journal and outcomes share batches and connections, and the order of an attempt's journal records is the order
 * in which they are sent.
 */
final class EventProducer implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final DeadLetters deadLetters;
    private final String prefix;
    private final InstantSource clock;

    EventProducer(Connection connection, InstantSource clock) {
        var settings = connection.producer("executor-producer");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.serializer = EventSerdes.serializer(connection.events());
        this.prefix = connection.topicPrefix();
        this.deadLetters = new DeadLetters("executor", prefix, connection.events());
        this.clock = clock;
    }

    /**
     * Sends an event of a plan.
     *
     * @return completes when all in-sync replicas have it
     */
    <T extends SpecificRecord> CompletableFuture<Void> send(Topic<T> topic, String key, T event, TraceContext trace) {
        return send(topic, key, event, Optional.of(trace));
    }

    /**
     * Sends an event that belongs to no plan, and so to no trace.
     *
     * @param event null deletes the key on a compacted topic
     * @return completes when all in-sync replicas have it
     */
    <T extends SpecificRecord> CompletableFuture<Void> send(Topic<T> topic, String key, @Nullable T event) {
        return send(topic, key, event, Optional.empty());
    }

    private <T extends SpecificRecord> CompletableFuture<Void> send(
            Topic<T> topic, String key, @Nullable T event, Optional<TraceContext> trace) {
        var name = topic.name(prefix);
        try {
            var value = event == null ? null : serializer.serialize(name, event);
            var message = new ProducerRecord<byte[], byte[]>(name, key.getBytes(StandardCharsets.UTF_8), value);
            trace.ifPresent(context -> context.addTo(message.headers()));
            return send(message);
        } catch (SerializationException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Sets a record aside that can not be processed. */
    CompletableFuture<Void> deadLetter(ConsumerRecord<byte[], byte[]> source, String reason, String cause) {
        return send(deadLetters.of(source, reason, cause, clock.instant()));
    }

    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> message) {
        var sent = new CompletableFuture<Void>();
        var _ = producer.send(message, (metadata, failure) -> {
            if (failure == null) sent.complete(null);
            else sent.completeExceptionally(failure);
        });
        return sent;
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
