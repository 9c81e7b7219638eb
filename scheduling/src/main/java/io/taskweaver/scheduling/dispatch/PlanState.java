package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.TaskId;
import io.taskweaver.model.TextLimits;
import io.taskweaver.model.event.Pause;
import java.util.List;
import java.util.Optional;

/** Where a plan stands. */
public sealed interface PlanState {
    /** Why it is paused or has ended without success, for a person. */
    default Optional<String> why() {
        return switch (this) {
            case Active _, Completed _ -> Optional.empty();
            case Paused paused -> Optional.of(paused.reason());
            case Failed failed -> Optional.of(failed.reason());
            case Cancelled cancelled -> Optional.of(cancelled.reason());
        };
    }

    /** Its tasks are dispatched. */
    record Active() implements PlanState {
        static final Active INSTANCE = new Active();
    }

    /** Nothing new is dispatched; what runs goes on. */
    record Paused(String reason, Pause.Cause cause) implements PlanState {
        public Paused {
            reason = TextLimits.cut(reason);
        }
    }

    /** It ended: once and for all, unless it failed and a user has one of its tasks retried. */
    sealed interface Closed extends PlanState {
        /** Work nodes merged in this run. */
        int done();

        /** Attempts beyond the first, over all tasks. */
        int retried();
    }

    /** Every node is merged or was done before. */
    record Completed(int done, int retried) implements Closed {}

    /**
     * No further progress is possible.
     *
     * @param reason for a person
     * @param failed tasks that were given up
     * @param blocked tasks that wait for one of them
     */
    record Failed(String reason, int done, List<TaskId> failed, List<TaskId> blocked, int retried) implements Closed {
        public Failed {
            reason = TextLimits.cut(reason);
            failed = List.copyOf(failed);
            blocked = List.copyOf(blocked);
        }
    }

    /** A user cancelled it. */
    record Cancelled(String reason, int done, int retried) implements Closed {
        public Cancelled {
            reason = TextLimits.cut(reason);
        }
    }
}
