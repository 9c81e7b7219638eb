package io.taskweaver.executor;

import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.RegistryUnavailableException;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.ClusterSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes all records of an executor.
 *
 * <p>One plain producer, not one messaging channel per topic: an attempt awaits its records on its own virtual thread,
 * journal and outcomes share batches and connections, and journal records of an attempt are written in the order of
 * sending.
 */
final class EventProducer implements AttemptPublisher, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EventProducer.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final ClusterSettings cluster;
    /** Made when the first output is sent. */
    private @Nullable KafkaProducer<byte[], byte[]> outputs;

    private final EventWriter writer;
    private final DeadLetters deadLetters;
    private final String heartbeats;
    private final InstantSource clock;

    EventProducer(ClusterSettings cluster, InstantSource clock) {
        this.producer = new KafkaProducer<>(
                cluster.uncompressedProducer("executor-producer"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.cluster = cluster;
        this.writer = new EventWriter(cluster.topicPrefix(), cluster.serdes());
        this.deadLetters = new DeadLetters("executor", cluster.topicPrefix(), cluster.serdes());
        this.heartbeats = Topics.EXECUTOR_HEARTBEAT.name(cluster.topicPrefix());
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Void> send(PlanEvent event, TraceContext trace) {
        return send(() -> writer.record(event, trace));
    }

    /**
     * Sends a part of an output, compressed, and by a connection of its own: long texts do not hold up outcomes. One that
     * cannot be sent is lost, and the log says so.
     */
    void sendOutput(PlanEvent.TaskOutput part, TraceContext trace) {
        try {
            var _ = outputs().send(writer.record(part, trace), (metadata, failure) -> {
                if (failure != null) lost(part, failure);
            });
        } catch (KafkaException | RegistryUnavailableException | IllegalStateException e) {
            lost(part, e);
        }
    }

    private static void lost(PlanEvent.TaskOutput part, Exception failure) {
        LOG.warnf(
                failure,
                "A part of an output was lost plan=%s task=%s attempt=%d",
                part.plan(),
                part.task(),
                part.attempt());
    }

    private synchronized KafkaProducer<byte[], byte[]> outputs() {
        var made = outputs;
        if (made == null) {
            made = new KafkaProducer<>(
                    cluster.producer("executor-output"), new ByteArraySerializer(), new ByteArraySerializer());
            outputs = made;
        }
        return made;
    }

    /** Sends a heartbeat, as {@link #send(PlanEvent, TraceContext)} does. */
    CompletableFuture<Void> send(ExecutorHeartbeat heartbeat) {
        return send(() -> writer.record(heartbeat));
    }

    /** Publishes that an executor left. */
    CompletableFuture<Void> left(String executor) {
        return send(() -> new ProducerRecord<>(heartbeats, executor.getBytes(StandardCharsets.UTF_8), null));
    }

    /** Writes a record to the dead letters. */
    CompletableFuture<Void> deadLetter(ConsumerRecord<byte[], byte[]> source, DecodedRecord.Refused<?> refused) {
        return send(() -> deadLetters.of(source, refused.reason(), refused.cause(), clock.instant()));
    }

    private CompletableFuture<Void> send(Supplier<ProducerRecord<byte[], byte[]>> message) {
        var sent = new CompletableFuture<Void>();
        try {
            var _ = producer.send(message.get(), (metadata, failure) -> {
                if (failure == null) sent.complete(null);
                else sent.completeExceptionally(failure);
            });
        } catch (RegistryUnavailableException | SerializationException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (outputs != null) outputs.close(CLOSING);
        }
        producer.close(CLOSING);
        writer.close();
    }
}
