package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Limits;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.List;

/** One step of a plan's progress. Each replaces what was known of its subject, so that the last of each is enough. */
public sealed interface Change {
    /** A node stands elsewhere. */
    record TaskMoved(TaskId task, TaskState state) implements Change {}

    /**
     * A node joined the plan to reconcile another's result.
     *
     * @param paths files that conflict
     * @param position its place in the plan's order
     */
    record ReconcileAdded(Node node, TaskId conflicted, List<String> paths, int position) implements Change {
        public ReconcileAdded {
            paths = List.copyOf(paths);
        }
    }

    /** The plan stands elsewhere. */
    record PlanMoved(PlanState state) implements Change {}

    /** What the plan may use up changed. */
    record LimitsMoved(Limits limits) implements Change {}

    /** The plan's importance among others changed. */
    record PriorityMoved(Task.Priority priority) implements Change {}
}
