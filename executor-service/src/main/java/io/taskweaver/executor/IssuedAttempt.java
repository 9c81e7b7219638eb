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
 */
record IssuedAttempt(TaskReady event, boolean redelivered, TraceContext trace) {
    static IssuedAttempt of(TaskReady event, ConsumerRecord<?, ?> source) {
        boolean redelivered = source.deliveryCount().orElse((short) 1) > 1;
        return new IssuedAttempt(
                event,
                redelivered,
                TraceContext.of(source.headers(), event.plan().value()));
    }

    Attempt attempt() {
        return Attempt.of(event);
    }

    /** Whether an executor may have taken it before: then the journal is read to its end first. */
    boolean maybeTaken() {
        return redelivered || event.reissued();
    }
}
