package io.taskweaver.scheduling.projection;

import io.taskweaver.model.FileConflict;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A result that conflicts with what is merged, and that nobody has brought in yet. The only place where that is decided, for
 * the command line as for REST.
 *
 * @param task whose result it is
 * @param attempt that made it, or that a person settled in vain
 * @param files that conflict, each with the tasks of the other side; empty if the plan's command fails with the result
 * @param reason how it fails
 * @param refused why what a person settled it with last was refused; empty if nobody did
 * @param commit the result; empty if there is none
 * @param reconciler node that brings it in; empty if that was given up
 */
public record OpenConflict(
        TaskView task,
        int attempt,
        List<FileConflict> files,
        Optional<String> reason,
        Optional<String> refused,
        Optional<String> commit,
        Optional<TaskView> reconciler) {
    public OpenConflict {
        files = List.copyOf(files);
    }

    /** Those of a plan, in its order. */
    public static List<OpenConflict> of(PlanView plan) {
        return of(
                plan.tasks(),
                task -> task.attempts().stream()
                        .filter(attempt -> attempt.number() == task.attempt())
                        .findFirst()
                        .flatMap(OpenConflict::last));
    }

    /** An earlier version did not say which result conflicts: it is that of the attempt. */
    private static Optional<PlanEvent.MergeConflicted> last(AttemptView attempt) {
        return attempt.conflicted()
                .map(conflict ->
                        conflict.commit().isPresent() || conflict.refused().isPresent()
                                ? conflict
                                : new PlanEvent.MergeConflicted(
                                        conflict.meta(),
                                        conflict.task(),
                                        conflict.attempt(),
                                        conflict.conflicts(),
                                        conflict.reason(),
                                        conflict.refused(),
                                        attempt.commit()));
    }

    /**
     * Those of a plan, in its order.
     *
     * @param tasks all of its nodes
     * @param last what was said last about a conflict of a task
     */
    public static List<OpenConflict> of(
            List<TaskView> tasks, Function<TaskView, Optional<PlanEvent.MergeConflicted>> last) {
        var nodes = new HashMap<TaskId, TaskView>();
        for (var task : tasks) nodes.put(task.id(), task);
        return tasks.stream()
                .filter(OpenConflict::mayBeOf)
                .flatMap(task -> last
                        .apply(task)
                        .filter(conflict -> conflict.attempt() == task.attempt() && isOfResult(conflict))
                        .map(conflict -> of(task, conflict, resolver(task).map(nodes::get)))
                        .stream())
                .toList();
    }

    /** The conflict of a node that reconciles another's result is that one's; of a base that fails, there is no other side. */
    private static boolean mayBeOf(TaskView task) {
        var kind = task.task().kind();
        return (task.state() instanceof TaskState.Conflicted || task.state() instanceof TaskState.Failed)
                && kind != Task.Kind.RECONCILE
                && kind != Task.Kind.CONTRACT
                && !task.id().equals(Verifications.BASE);
    }

    /** A failed task without a result is settled in vain, too: nothing conflicts then. */
    private static boolean isOfResult(PlanEvent.MergeConflicted conflict) {
        return conflict.refused().isEmpty()
                || !conflict.conflicts().isEmpty()
                || conflict.reason().isPresent();
    }

    private static Optional<TaskId> resolver(TaskView task) {
        return task.state() instanceof TaskState.Conflicted open ? Optional.of(open.resolver()) : Optional.empty();
    }

    private static OpenConflict of(TaskView task, PlanEvent.MergeConflicted conflict, Optional<TaskView> reconciler) {
        return new OpenConflict(
                task,
                conflict.attempt(),
                conflict.conflicts(),
                conflict.reason(),
                conflict.refused(),
                conflict.commit(),
                reconciler);
    }
}
