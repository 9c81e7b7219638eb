package io.taskweaver.scheduling.projection;

import io.taskweaver.model.FileConflict;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.TaskState;
import java.util.List;
import java.util.Optional;

/**
 * A result that conflicts with what is merged, and that nobody has brought in yet.
 *
 * @param task whose result it is
 * @param attempt that made it
 * @param files that conflict, each with the tasks of the other side; empty if the plan's command fails with the result
 * @param reason how it fails
 * @param refused why what a person settled it with last was refused; empty if nobody did
 * @param commit the result; empty if it is not known
 * @param reconciler node that brings it in; empty if that was given up
 */
public record OpenConflict(
        TaskView task,
        int attempt,
        List<FileConflict> files,
        Optional<String> reason,
        Optional<String> refused,
        Optional<String> commit,
        Optional<TaskId> reconciler) {
    public OpenConflict {
        files = List.copyOf(files);
    }

    /** Those of a plan, in its order. */
    public static List<OpenConflict> of(PlanView plan) {
        return plan.tasks().stream().flatMap(task -> of(task).stream()).toList();
    }

    /** That of a task; of one that reconciles another's result there is none, since it is the other's. */
    public static Optional<OpenConflict> of(TaskView task) {
        var kind = task.task().kind();
        boolean isOpen = task.state() instanceof TaskState.Conflicted || task.state() instanceof TaskState.Failed;
        if (!isOpen || kind == Task.Kind.RECONCILE || kind == Task.Kind.CONTRACT) return Optional.empty();
        return task.attempts().stream()
                .filter(attempt -> attempt.number() == task.attempt())
                .filter(attempt -> attempt.conflicted().isPresent())
                .findFirst()
                .map(attempt -> new OpenConflict(
                        task,
                        attempt.number(),
                        attempt.conflicted().orElseThrow().conflicts(),
                        attempt.conflicted().orElseThrow().reason(),
                        attempt.conflicted().orElseThrow().refused(),
                        result(task),
                        task.state() instanceof TaskState.Conflicted open
                                ? Optional.of(open.resolver())
                                : Optional.empty()));
    }

    /** What was refused is none. */
    private static Optional<String> result(TaskView task) {
        return task.attempts().reversed().stream()
                .filter(attempt -> attempt.number() <= task.attempt())
                .filter(attempt -> attempt.conflicted()
                        .flatMap(PlanEvent.MergeConflicted::refused)
                        .isEmpty())
                .findFirst()
                .flatMap(AttemptView::commit);
    }
}
