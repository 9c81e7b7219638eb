package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.domain.event.PlanEvent.TaskReady;
import io.taskweaver.wire.TraceContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The order to run an attempt, as it came.
 *
 * @param redelivered whether the queue handed it out before
 * @param trace that it belongs to, and all that is said of it
 */
record ReadyTask(TaskReady event, boolean redelivered, TraceContext trace) {
    static ReadyTask of(TaskReady event, ConsumerRecord<?, ?> source) {
        boolean redelivered = source.deliveryCount().orElse((short) 1) > 1;
        return new ReadyTask(
                event,
                redelivered,
                TraceContext.of(source.headers(), event.plan().value()));
    }

    Attempt attempt() {
        return Attempt.of(event);
    }

    /** Whether some executor may have taken it before: the journal is read up to its end first. */
    boolean maybeTaken() {
        return redelivered || event.reissued();
    }
}
