package io.taskweaver.context;

import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.wire.Causes;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.RegistryUnavailableException;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.ClusterSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes users' commands to contexts from REST to the topics. */
@ApplicationScoped
class ContextCommands {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final ClusterSettings cluster;
    private final EventWriter events;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    ContextCommands(ClusterSettings cluster) {
        this.cluster = cluster;
        this.events = new EventWriter(cluster.topicPrefix(), cluster.serdes());
    }

    /**
     * Sends events, code before what needs it, and returns when the broker has them.
     *
     * @throws Unavailable if the broker or the registry does not answer
     */
    void send(List<PlanEvent> all) {
        var code = all.stream().filter(CodeObjects.class::isInstance).toList();
        sendTogether(code);
        sendTogether(all.subList(code.size(), all.size()));
    }

    private void sendTogether(List<PlanEvent> all) {
        try {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var event : all)
                sent.add(producer()
                        .send(events.record(
                                event, TraceContext.ofPlan(event.plan().value()))));
            for (var each : sent) each.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(e);
        } catch (ExecutionException | TimeoutException | KafkaException | RegistryUnavailableException e) {
            throw new Unavailable(e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        var existing = producer;
        if (existing != null) return existing;
        var settings = cluster.producer("taskweaver-context-commands");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
        var made = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer = made;
        return made;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) producer.close(Duration.ofSeconds(2));
    }

    /** The broker or the registry does not answer. */
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(Throwable cause) {
            super(Causes.explained(cause), cause);
        }
    }
}
