package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.Optional;

/** One step of a plan's progress. Each replaces what was known of its subject, so that the last of each is enough. */
public sealed interface Change {
    /** A node stands elsewhere. */
    record TaskMoved(TaskId task, TaskState state) implements Change {}

    /**
     * A node joined the plan to reconcile another's result.
     *
     * @param paths files that conflict
     * @param reason how the plan's command fails with the result, if no file conflicts
     * @param position its place in the plan's order
     */
    record ReconcileAdded(Node node, TaskId conflicted, List<String> paths, Optional<String> reason, int position)
            implements Change {
        public ReconcileAdded {
            paths = List.copyOf(paths);
        }
    }

    /**
     * A node joined the plan to verify its code.
     *
     * @param results tasks whose results are verified
     * @param position its place in the plan's order
     */
    record VerificationAdded(Node node, List<TaskId> results, int position) implements Change {
        public VerificationAdded {
            results = List.copyOf(results);
        }
    }

    /** The plan stands elsewhere. */
    record PlanMoved(PlanState state) implements Change {}

    /** What the plan may use up changed. */
    record LimitsMoved(Limits limits) implements Change {}

    /** How the plan's further attempts are run changed. */
    record OptionsMoved(PlanOptions options) implements Change {}

    /** The plan's importance among others changed. */
    record PriorityMoved(Task.Priority priority) implements Change {}
}
