package io.taskweaver.cli.progress;

import io.taskweaver.model.Task;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Costs;
import io.taskweaver.reports.Counts;
import io.taskweaver.reports.Durations;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The end of a run in a few lines. */
final class Summary {
    private static final int MOST_REASONS = 10;
    private static final int MOST_NAMED = 10;

    private final Style style;

    Summary(Style style) {
        this.style = style;
    }

    /**
     * @param output folder of the results; empty if there are none
     */
    List<String> of(PlanView view, Measurement measured, String output) {
        var lines = new ArrayList<String>();
        lines.add(headline(view) + "  " + counts(measured));
        for (var task : view.tasks()) if (task.stage() == TaskStage.FAILED) lines.add(failed(task));
        if (view.end().isPresent() || view.pause().isPresent()) lines.addAll(open(view));
        var idle = view.tasks().stream()
                .filter(TaskView::isDoneWithoutChange)
                .map(task -> task.id().value())
                .toList();
        if (!idle.isEmpty())
            lines.add(style.notable("  warning") + ": " + Counts.of(idle.size(), "task")
                    + (idle.size() == 1 ? " is" : " are") + " done without a change: "
                    + String.join(", ", idle.subList(0, Math.min(MOST_NAMED, idle.size())))
                    + (idle.size() > MOST_NAMED ? ", ..." : "") + ". Read what "
                    + (idle.size() == 1 ? "its agent says" : "their agents say") + " in report.md");
        lines.add("wall time " + Durations.words(measured.wall()) + interrupted(measured) + against(measured));
        if (!view.used().equals(Usage.NONE)) lines.add("used " + Costs.words(view.used(), view.limits()));
        if (!output.isEmpty()) lines.add("results in " + output);
        return lines;
    }

    /** Why each task is open; those with the same reason together. */
    private static List<String> open(PlanView view) {
        var byReason = new LinkedHashMap<String, List<String>>();
        for (var task : view.tasks())
            if (task.task().kind() == Task.Kind.WORK
                    && !task.stage().isFinished()
                    && task.stage() != TaskStage.FAILED
                    && task.stage() != TaskStage.CANCELLED)
                byReason.computeIfAbsent(
                                task.stage().word()
                                        + task.why()
                                                .map(why -> ": " + Columns.clean(why))
                                                .orElse(""),
                                reason -> new ArrayList<>())
                        .add(task.id().value());
        var lines = new ArrayList<String>();
        byReason.forEach((reason, tasks) -> {
            if (lines.size() < MOST_REASONS)
                lines.add("  "
                        + String.join(", ", tasks.subList(0, Math.min(MOST_NAMED, tasks.size())))
                        + (tasks.size() > MOST_NAMED ? " and " + (tasks.size() - MOST_NAMED) + " more" : "") + " "
                        + reason);
        });
        if (byReason.size() > MOST_REASONS) lines.add("  and others, which taskweaver status " + view.id() + " lists");
        return lines;
    }

    private String headline(PlanView view) {
        var end = view.end();
        if (end.isEmpty()) return style.notable(view.pause().isPresent() ? "paused" : "not finished");
        return switch (end.get()) {
            case PlanEvent.PlanCompleted ignored -> style.good("completed");
            case PlanEvent.PlanFailed failed -> style.bad("failed") + ": " + Columns.clean(failed.reason());
            case PlanEvent.PlanCancelled cancelled -> style.bad("cancelled") + ": " + Columns.clean(cancelled.reason());
        };
    }

    private static String counts(Measurement measured) {
        var parts = new ArrayList<String>();
        parts.add(measured.done() + " done");
        if (measured.doneBefore() > 0) parts.add(measured.doneBefore() + " already done");
        parts.add(measured.failed() + " failed");
        if (measured.open() > 0) parts.add(measured.open() + " open");
        int tasks = measured.done() + measured.doneBefore() + measured.failed() + measured.open();
        var text = Counts.of(tasks, "task") + ": " + String.join(", ", parts) + "; "
                + (measured.retried() == 1 ? "1 retry" : measured.retried() + " retries");
        return measured.conflicts() == 0 ? text : text + ", " + Counts.of(measured.conflicts(), "conflict");
    }

    private static String interrupted(Measurement measured) {
        return measured.interrupted().compareTo(Measurement.WORTH_SAYING) < 0
                ? ""
                : " (interrupted for " + Durations.words(measured.interrupted()) + ", which is not counted)";
    }

    private static String against(Measurement measured) {
        if (!measured.oneAtATime().isPositive()) return "";
        var text = "; critical path " + Durations.words(measured.criticalPath())
                + ratio(measured.wall(), measured.criticalPath(), " (wall time is %.1f times that)")
                + "; one at a time "
                + Durations.words(measured.oneAtATime());
        return text + ratio(measured.oneAtATime(), measured.wall(), " (%.1f times faster)");
    }

    private static String ratio(Duration one, Duration other, String words) {
        if (!other.isPositive() || one.compareTo(other) < 0) return "";
        return String.format(Locale.ROOT, words, (double) one.toMillis() / Math.max(1, other.toMillis()));
    }

    private String failed(TaskView task) {
        var failure = task.lastFailure();
        return "  " + style.bad(task.id().value()) + " "
                + Columns.clean(task.task().title()) + ": "
                + (task.isVerification()
                                ? task.why()
                                : failure.map(last -> ProblemText.of(last.reason(), last.hint()))
                                        .or(() -> conflict(task))
                                        .or(task::why))
                        .map(Columns::clean)
                        .orElse("It failed.")
                + failure.flatMap(last -> task.task().source())
                        .map(span -> style.dim(" (" + span + ")"))
                        .orElse("");
    }

    /** How its result fails together with others. */
    private static Optional<String> conflict(TaskView task) {
        return task.attempts().reversed().stream()
                .flatMap(attempt -> attempt.conflicted().stream())
                .flatMap(conflict -> conflict.reason().stream())
                .findFirst();
    }
}
