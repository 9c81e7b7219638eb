package io.taskweaver.cli.progress;

import io.taskweaver.client.Order;
import io.taskweaver.client.PlanEnd;
import io.taskweaver.client.PlanEvent;
import io.taskweaver.client.PlanView;
import io.taskweaver.client.TaskView;
import io.taskweaver.client.output.Durations;
import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.plan.TaskId;
import java.util.Optional;
import java.util.stream.Collectors;

/** One line of plain text for what happened; empty for what is not worth one. */
final class EventLine {
    private EventLine() {}

    static Optional<String> of(PlanEvent event, PlanView view) {
        return switch (event) {
            case PlanEvent.Submitted ignored -> Optional.empty();
            case PlanEvent.Rejected ignored -> Optional.empty();
            case PlanEvent.Created e ->
                line("planned", e.title() + ": " + e.works() + " tasks, " + e.contracts() + " contracts");
            case PlanEvent.Planned ignored -> Optional.empty();
            case PlanEvent.Specified ignored -> Optional.empty();
            case PlanEvent.Published e ->
                line("published", "contract of " + e.contract().component());
            case PlanEvent.Ready ignored -> Optional.empty();
            case PlanEvent.Started e -> line("started", named(e.task(), view) + again(e.attempt()));
            case PlanEvent.Progressed ignored -> Optional.empty();
            case PlanEvent.Completed e ->
                line("completed", named(e.task(), view) + " in " + Durations.words(e.duration()));
            case PlanEvent.Failed e -> line("failed", failed(e, view));
            case PlanEvent.Merged e ->
                line(
                        "merged",
                        named(e.task(), view) + " (" + e.paths().size()
                                + (e.paths().size() == 1 ? " file)" : " files)"));
            case PlanEvent.Conflicted e -> line("conflict", named(e.task(), view) + ": " + paths(e));
            case PlanEvent.Ordered e -> line("ordered", order(e.order()));
            case PlanEvent.Standing e -> e.warning().flatMap(warning -> line("warning", Sentences.sentence(warning)));
            case PlanEvent.Ended e -> line("ended", end(e.end()));
            case PlanEvent.SetAside e -> line("set aside", "a record of " + e.topic() + ": " + e.cause());
        };
    }

    private static String failed(PlanEvent.Failed e, PlanView view) {
        return named(e.task(), view) + again(e.attempt()) + ": " + e.failure().words() + ". "
                + Sentences.of(e.reason(), e.hint());
    }

    private static Optional<String> line(String what, String about) {
        return Optional.of(Columns.clean(String.format("%-10s %s", what, about)));
    }

    private static String named(TaskId task, PlanView view) {
        return task
                + view.task(task)
                        .map(TaskView::title)
                        .filter(title -> !title.equals(task.value()))
                        .map(title -> " " + title)
                        .orElse("");
    }

    private static String again(int attempt) {
        return attempt > 1 ? ", attempt " + attempt : "";
    }

    private static String paths(PlanEvent.Conflicted e) {
        return e.conflicts().stream().map(FileConflict::path).collect(Collectors.joining(", "));
    }

    private static String order(Order order) {
        return switch (order) {
            case Order.Cancel cancel -> "cancel: " + cancel.reason();
            case Order.Pause pause -> "pause: " + pause.reason();
            case Order.CancelTask cancel -> "cancel " + cancel.task() + ": " + cancel.reason();
            case Order.PauseTask pause -> "pause " + pause.task() + ": " + pause.reason();
            case Order.Resume resume -> "resume";
            case Order.Retry retry -> "retry " + retry.task();
            case Order.Approve approve -> "approve " + approve.task();
            case Order.Prioritise prioritise -> "priority " + prioritise.priority();
        };
    }

    private static String end(PlanEnd end) {
        return switch (end) {
            case PlanEnd.Completed completed -> "completed";
            case PlanEnd.Failed failed -> "failed: " + failed.reason();
            case PlanEnd.Cancelled cancelled -> "cancelled: " + cancelled.reason();
        };
    }
}
