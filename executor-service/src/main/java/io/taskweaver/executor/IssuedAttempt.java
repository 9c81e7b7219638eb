package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.wire.TraceContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An issued attempt, as received.
 *
 * @param redelivered whether the queue delivered it before
 * @param trace of the attempt and of all its events
 * @param partition of its record
 * @param offset of its record
 */
record IssuedAttempt(TaskReady event, boolean redelivered, TraceContext trace, int partition, long offset) {
    static IssuedAttempt of(TaskReady event, ConsumerRecord<?, ?> source) {
        return of(event, source, source.deliveryCount().orElse((short) 1) > 1);
    }

    /** One that an executor took before. */
    static IssuedAttempt again(TaskReady event, ConsumerRecord<?, ?> source) {
        return of(event, source, true);
    }

    private static IssuedAttempt of(TaskReady event, ConsumerRecord<?, ?> source, boolean redelivered) {
        return new IssuedAttempt(
                event,
                redelivered,
                TraceContext.of(source.headers(), event.plan().value()),
                source.partition(),
                source.offset());
    }

    Attempt attempt() {
        return Attempt.of(event);
    }

    /** Whether an executor may have taken it before: then the journal is read to its end first. */
    boolean maybeTaken() {
        return redelivered || event.reissued();
    }
}
