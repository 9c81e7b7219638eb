package io.taskweaver.cli;

import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.List;

/** Tasks that wait for a person, and what that person has to type. */
final class WaitingTasks {
    private WaitingTasks() {}

    /**
     * One sentence or more for each.
     *
     * @param systemArguments options that select the system, with a space before them; empty if none are needed
     */
    static List<String> of(PlanView view, String systemArguments) {
        return view.waiting().entrySet().stream()
                .map(waiting -> told(view, waiting.getKey(), waiting.getValue(), systemArguments))
                .toList();
    }

    private static String told(PlanView view, TaskId id, String question, String systemArguments) {
        var task = view.task(id);
        var title = task.map(known -> " " + known.task().title()).orElse("");
        var named = view.id() + " " + id;
        if (task.map(TaskView::stage).orElse(TaskStage.NEEDS_INPUT) == TaskStage.IN_REVIEW)
            return id + title + " waits for your review, attempt "
                    + task.map(TaskView::attempt).orElse(0) + ". See it with: taskweaver changes " + named
                    + systemArguments + ". Then: taskweaver approve " + named + systemArguments
                    + ", or: taskweaver reject " + named + " --because TEXT" + systemArguments;
        return id + title + " waits for you: " + ProblemText.sentence(question)
                + " Approve it with: taskweaver approve " + named + " [--answer TEXT]" + systemArguments;
    }

    /** Whether an open plan makes no progress until a person decides. */
    static boolean isAllThatIsLeft(PlanView view) {
        return view.end().isEmpty()
                && view.tasks().stream().anyMatch(task -> task.stage().waitsForPerson())
                && view.tasks().stream().noneMatch(task -> switch (task.stage()) {
                    case READY -> !isHeldUp(task, view);
                    case DELAYED, ISSUED, RUNNING, MERGING -> true;
                    case WAITING, BLOCKED, IN_REVIEW, RECONCILING, NEEDS_INPUT, PAUSED -> false;
                    case MERGED, DONE, FAILED, CANCELLED -> false;
                });
    }

    /** Whether a task may not start before results of others are merged, which change the same files. */
    private static boolean isHeldUp(TaskView task, PlanView view) {
        return view.options().overlap() == OverlapMode.FORBID
                && view.tasks().stream()
                        .filter(other -> other.stage() == TaskStage.IN_REVIEW || other.stage() == TaskStage.RECONCILING)
                        .anyMatch(other -> other.task().expectedFiles().stream()
                                .anyMatch(task.task().expectedFiles()::contains));
    }
}
