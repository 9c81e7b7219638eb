package io.taskweaver.reports;

import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * What a plan took.
 *
 * @param done work nodes that are done, those that the document called done left out
 * @param doneBefore work nodes that the document called done
 * @param failed work nodes that failed
 * @param open work nodes that are neither
 * @param retried attempts beyond the first
 * @param conflicts results that contradicted others
 * @param wall from the plan's creation to its end, or to now, less the time that it stood still in between
 * @param interrupted that time
 * @param criticalPath measured durations along the planned critical path
 * @param oneAtATime measured durations of all attempts, as the wall time without that in which the plan stood still
 */
public record Measurement(
        int done,
        int doneBefore,
        int failed,
        int open,
        int retried,
        int conflicts,
        Duration wall,
        Duration interrupted,
        Duration criticalPath,
        Duration oneAtATime) {
    /** An interruption that is worth saying: between two submissions, some time always passes. */
    public static final Duration WORTH_SAYING = Duration.ofSeconds(1);

    /** Measures a plan at a moment. */
    public static Measurement of(PlanView view, Instant now) {
        var tasks = view.tasks().stream().filter(task -> !task.isVerification()).toList();
        var works = tasks.stream()
                .filter(task -> task.task().kind() == Task.Kind.WORK)
                .toList();
        var wall = wall(view, now);
        int before = count(works, TaskStage.DONE);
        int done = count(works, TaskStage.MERGED);
        int failed = count(works, TaskStage.FAILED);
        return new Measurement(
                done,
                before,
                failed,
                works.size() - before - done - failed,
                tasks.stream()
                        .mapToInt(task -> Math.max(0, task.attempts().size() - 1))
                        .sum(),
                (int) tasks.stream()
                        .flatMap(task -> task.attempts().stream())
                        .filter(attempt -> attempt.conflicted()
                                .filter(conflict -> conflict.refused().isEmpty())
                                .isPresent())
                        .count(),
                wall,
                span(view, now).minus(wall),
                sum(
                        view,
                        tasks,
                        view.created()
                                .map(created -> created.summary().criticalPath())
                                .orElse(List.of())),
                tasks.stream().map(view::duration).reduce(Duration.ZERO, Duration::plus));
    }

    private static int count(Collection<TaskView> tasks, TaskStage stage) {
        return (int) tasks.stream().filter(task -> task.stage() == stage).count();
    }

    private static Duration wall(PlanView view, Instant now) {
        return view.created()
                .map(created -> view.active(created.at(), end(view, now)))
                .orElse(Duration.ZERO);
    }

    private static Duration span(PlanView view, Instant now) {
        return view.created()
                .map(created -> Duration.between(created.at(), end(view, now)))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    private static Instant end(PlanView view, Instant now) {
        return view.end().map(PlanEvent.End::at).orElse(now);
    }

    private static Duration sum(PlanView view, Collection<TaskView> tasks, Collection<TaskId> path) {
        var onPath = new HashSet<>(path);
        return tasks.stream()
                .filter(task -> onPath.contains(task.id()))
                .map(view::duration)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
