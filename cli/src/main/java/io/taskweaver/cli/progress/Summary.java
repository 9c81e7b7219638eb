package io.taskweaver.cli.progress;

import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Costs;
import io.taskweaver.reports.Durations;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run came to, in a few lines. */
final class Summary {
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
        long blocked = view.tasks().stream()
                .filter(task -> task.stage() == TaskStage.BLOCKED)
                .count();
        if (blocked > 0)
            lines.add("  " + blocked + (blocked == 1 ? " task waits" : " tasks wait") + " for a failed one");
        lines.add("wall time " + Durations.words(measured.wall()) + against(measured));
        if (!view.used().equals(Usage.NONE)) lines.add("used " + Costs.words(view.used(), view.limits()));
        if (!output.isEmpty()) lines.add("results in " + output);
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
        if (measured.doneBefore() > 0) parts.add(measured.doneBefore() + " done before");
        parts.add(measured.failed() + " failed");
        if (measured.open() > 0) parts.add(measured.open() + " open");
        parts.add(measured.retried() + " retried");
        if (measured.conflicts() > 0)
            parts.add(measured.conflicts() + (measured.conflicts() == 1 ? " conflict" : " conflicts"));
        return String.join(", ", parts);
    }

    private static String against(Measurement measured) {
        if (!measured.oneAtATime().isPositive()) return "";
        var text = "; critical path " + Durations.words(measured.criticalPath())
                + ratio(measured.wall(), measured.criticalPath(), " (%.1f times it)") + "; one at a time "
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
                + failure.map(last -> ProblemText.of(last.reason(), last.hint()))
                        .orElse("It failed.")
                + failure.flatMap(last -> task.task().source())
                        .map(span -> style.dim(" (" + span + ")"))
                        .orElse("");
    }
}
