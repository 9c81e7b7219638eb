package io.taskweaver.client;

import io.taskweaver.domain.plan.TaskId;
import java.util.List;

/** How a plan was closed. */
public sealed interface PlanEnd {
    /**
     * Everything is merged.
     *
     * @param done work nodes merged
     * @param retried attempts beyond the first
     */
    record Completed(int done, int retried) implements PlanEnd {}

    /**
     * No further progress is possible.
     *
     * @param failed tasks that failed
     * @param blocked tasks that wait for a failed one
     */
    record Failed(String reason, int done, List<TaskId> failed, List<TaskId> blocked) implements PlanEnd {
        public Failed {
            failed = List.copyOf(failed);
            blocked = List.copyOf(blocked);
        }
    }

    /** A user cancelled it. */
    record Cancelled(String reason, int done) implements PlanEnd {}
}
