package io.taskweaver.planner;

import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.schedule.Report;
import io.taskweaver.wire.RegistryOutage;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Puts on the topics what users hand in and order by REST. */
@ApplicationScoped
class Ingest {
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final KafkaSettings kafka;
    private @Nullable KafkaProducer<String, SpecificRecord> producer;

    Ingest(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Hands a submission in, and returns when the broker has it.
     *
     * @param trace that the user has begun
     * @throws TooLarge if it fits into no message
     * @throws Unavailable if the broker or the registry does not answer
     */
    void submit(Submission submission, Optional<TraceContext> trace) {
        send(Topics.REQUIREMENTS_SUBMITTED, EventWriter.submitted(submission, Instant.now()), submission.plan(), trace);
    }

    /**
     * Orders something, and returns when the broker has it.
     *
     * @param trace that the user has begun
     * @throws TooLarge if it fits into no message
     * @throws Unavailable if the broker or the registry does not answer
     */
    void order(PlanId plan, Report order, Optional<TraceContext> trace) {
        send(Topics.PLAN_COMMANDS, EventWriter.ordered(plan, order, Instant.now()), plan, trace);
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) producer.close(Duration.ofSeconds(2));
    }

    private void send(Topic<?> topic, Outgoing outgoing, PlanId plan, Optional<TraceContext> trace) {
        var message = new ProducerRecord<String, SpecificRecord>(
                topic.name(kafka.topicPrefix()), outgoing.key(), outgoing.event());
        trace.orElseGet(() -> TraceContext.ofPlan(plan.value())).addTo(message.headers());
        try {
            producer().send(message).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable(e);
        } catch (RecordTooLargeException e) {
            throw new TooLarge(e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (e.getCause() instanceof RecordTooLargeException tooLarge) throw new TooLarge(tooLarge);
            throw new Unavailable(e);
        } catch (RuntimeException e) {
            if (RegistryOutage.isBehind(e)) throw new Unavailable(e);
            throw e;
        }
    }

    private synchronized KafkaProducer<String, SpecificRecord> producer() {
        var existing = producer;
        if (existing != null) return existing;
        var settings = kafka.cluster().producer();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "taskweaver-planner-ingest");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
        var made = new KafkaProducer<String, SpecificRecord>(
                settings,
                new StringSerializer(),
                io.taskweaver.wire.EventSerdes.<SpecificRecord>serializer(kafka.serdes()));
        producer = made;
        return made;
    }

    /** What was handed in fits into no message. */
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
            super(PlannerDeadLetters.explain(cause), cause);
        }
    }
}
