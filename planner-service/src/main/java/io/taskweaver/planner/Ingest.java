package io.taskweaver.planner;

import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Submission;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.wire.Causes;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.RegistryUnavailableException;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.ClusterSettings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes users' submissions and commands from REST to the topics. */
@ApplicationScoped
class Ingest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final ClusterSettings cluster;
    private final EventWriter events;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    Ingest(ClusterSettings cluster) {
        this.cluster = cluster;
        this.events = new EventWriter(cluster.topicPrefix(), cluster.serdes());
    }

    /**
     * Sends a submission, and returns when the broker has it.
     *
     * @param changes changes to its plan
     * @param trace of the user's request
     * @throws TooLarge if it fits into no message
     * @throws Unavailable if the broker or the registry does not answer
     */
    void submit(Submission submission, List<PlanChange> changes, Optional<TraceContext> trace) {
        send(new RequirementsSubmitted(meta(submission.plan()), submission, changes), trace);
    }

    /**
     * Sends a command, and returns when the broker has it.
     *
     * @param trace of the user's request
     * @throws TooLarge if it fits into no message
     * @throws Unavailable if the broker or the registry does not answer
     */
    void command(PlanId plan, Command command, Optional<TraceContext> trace) {
        send(new PlanCommand(meta(plan), command), trace);
    }

    private static Meta meta(PlanId plan) {
        return new Meta(UUID.randomUUID().toString(), plan, Instant.now(), Optional.empty());
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) producer.close(Duration.ofSeconds(2));
    }

    private void send(PlanEvent event, Optional<TraceContext> trace) {
        var begun = trace.orElseGet(() -> TraceContext.ofPlan(event.plan().value()));
        try {
            producer().send(events.record(event, begun)).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(e);
        } catch (RecordTooLargeException e) {
            throw new TooLarge(e);
        } catch (RegistryUnavailableException e) {
            throw new Unavailable(e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (e.getCause() instanceof RecordTooLargeException tooLarge) throw new TooLarge(tooLarge);
            throw new Unavailable(e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        var existing = producer;
        if (existing != null) return existing;
        var settings = cluster.producer("taskweaver-planner-ingest");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
        var made = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer = made;
        return made;
    }

    /** The request is too large for a message. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge(RecordTooLargeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** The broker or the registry does not answer. */
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(Throwable cause) {
            super(Causes.explained(cause), cause);
        }
    }
}
