package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a plan ends. */
final class PlanEnding {
    private static final int NAMED = 5;

    private PlanEnding() {}

    static Decision of(PlanState.Closed end) {
        return new Decision(List.of(new Change.PlanMoved(end)), List.of(new Action.AnnounceEnd(end)));
    }

    /** The end of a plan in which nothing can move any more. */
    static PlanState.Closed asItStands(PlanProgress plan) {
        var failed = new ArrayList<TaskId>();
        var blocked = new ArrayList<TaskId>();
        for (var entry : plan.inOrder()) {
            if (entry.node.kind() == Task.Kind.RECONCILE) continue;
            if (entry.state instanceof TaskState.Failed) failed.add(entry.node.id());
            else if (!entry.state.satisfies() && entry.node.kind() != Task.Kind.VERIFY) blocked.add(entry.node.id());
        }
        if (failed.isEmpty() && blocked.isEmpty()) return new PlanState.Completed(done(plan), retried(plan));
        return new PlanState.Failed(reason(failed, blocked), done(plan), failed, blocked, retried(plan));
    }

    /** Work nodes merged in this run. */
    static int done(PlanProgress plan) {
        int done = 0;
        for (var entry : plan.inOrder())
            if (entry.node.kind() == Task.Kind.WORK && entry.state instanceof TaskState.Merged) done++;
        return done;
    }

    /** Attempts beyond the first, over all tasks. */
    static int retried(PlanProgress plan) {
        int retried = 0;
        for (var entry : plan.inOrder())
            if (entry.state instanceof TaskState.Tried tried) {
                boolean issued = !(tried instanceof TaskState.Pending
                        || tried instanceof TaskState.Delayed
                        || tried instanceof TaskState.Gated
                        || tried instanceof TaskState.Held);
                retried += Math.max(0, tried.attempts().number() - (issued ? 1 : 2));
            }
        return retried;
    }

    private static String reason(List<TaskId> failed, List<TaskId> blocked) {
        var named = failed.stream().limit(NAMED).map(TaskId::value).collect(Collectors.joining(", "));
        var more = failed.size() > NAMED ? " and " + (failed.size() - NAMED) + " more" : "";
        var waiting = blocked.isEmpty()
                ? ""
                : "; " + blocked.size() + (blocked.size() == 1 ? " is" : " are") + " blocked by failed tasks";
        return failed.size() + (failed.size() == 1 ? " task" : " tasks") + " failed: " + named + more + waiting;
    }
}
