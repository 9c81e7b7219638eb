package io.taskweaver.cli.progress;

import io.taskweaver.model.Task;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Counts;
import io.taskweaver.reports.Durations;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The block that a terminal shows while a plan goes on, as lines. Pure: the same view, moment and size give the same
 * lines.
 */
final class LiveBlock {
    private static final int LABEL = 11;
    private static final int LARGEST_BAR = 40;
    private static final int MOST_PHASES = 6;
    private static final int MOST_RUNNING = 8;
    private static final int LONGEST_ID = 18;

    /** Stages that the head line counts tasks of. */
    private static final List<TaskStage> SHOWN = List.of(
            TaskStage.READY,
            TaskStage.ISSUED,
            TaskStage.MERGING,
            TaskStage.RECONCILING,
            TaskStage.DELAYED,
            TaskStage.IN_REVIEW,
            TaskStage.NEEDS_INPUT,
            TaskStage.PAUSED,
            TaskStage.BLOCKED,
            TaskStage.FAILED);

    private final Style style;
    private final int width;
    private final int rows;

    /**
     * @param width columns of the terminal
     * @param rows lines that the block may take up
     */
    LiveBlock(Style style, int width, int rows) {
        this.style = style;
        this.width = Math.max(20, width - 1);
        this.rows = Math.max(6, rows);
    }

    List<String> lines(PlanView view, Instant now) {
        var tasks = view.tasks();
        var works = tasks.stream()
                .filter(task -> task.task().kind() == Task.Kind.WORK)
                .toList();
        var lines = new ArrayList<String>();
        lines.add(style.bold(Columns.cut(head(view, tasks, works, now), width)));
        lines.add(bar("tasks", works));
        var phases = phases(tasks);
        lines.addAll(phases.subList(0, Math.min(phases.size(), Math.max(0, rows - 3))));
        lines.addAll(running(tasks, now, rows - lines.size()));
        return lines;
    }

    private static String head(PlanView view, List<TaskView> tasks, List<TaskView> works, Instant now) {
        var parts = new ArrayList<String>();
        parts.add(view.title());
        parts.add(count(works, LiveBlock::isFinished) + " of " + Counts.of(works.size(), "task") + " done");
        add(parts, count(tasks, LiveBlock::isRun), "running");
        for (var stage : SHOWN) add(parts, count(tasks, task -> isWork(task) && task.stage() == stage), stage.word());
        view.pause().ifPresent(reason -> parts.add("paused"));
        view.created().ifPresent(created -> parts.add(Durations.words(Duration.between(created.at(), now))));
        return String.join(" · ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) parts.add(count + " " + what);
    }

    private static boolean isFinished(TaskView task) {
        return task.stage().isFinished();
    }

    private static long count(Collection<TaskView> tasks, Predicate<TaskView> which) {
        return tasks.stream().filter(which).count();
    }

    private static boolean isRun(TaskView task) {
        return task.stage() == TaskStage.RUNNING && isWork(task);
    }

    private static boolean isWork(TaskView task) {
        return task.task().kind() != Task.Kind.CONTRACT && !task.isVerification();
    }

    /** A line each: what goes on first, then what comes next; finished phases make room for others. */
    private List<String> phases(List<TaskView> tasks) {
        var lines = new ArrayList<String>();
        var contracts = tasks.stream()
                .filter(task -> task.task().kind() == Task.Kind.CONTRACT)
                .toList();
        if (!contracts.isEmpty()) lines.add(bar("contracts", contracts));
        var byPhase = new TreeMap<Integer, List<TaskView>>();
        for (var task : tasks)
            if (task.task().kind() != Task.Kind.CONTRACT && task.task().phase() > 0)
                byPhase.computeIfAbsent(task.task().phase(), phase -> new ArrayList<>())
                        .add(task);
        int finished = 0;
        while (byPhase.size() > MOST_PHASES && isFinished(byPhase.firstEntry().getValue())) {
            byPhase.pollFirstEntry();
            finished++;
        }
        if (finished > 0) lines.add(style.dim(Counts.of(finished, "phase") + " finished"));
        int shown = 0;
        for (var phase : byPhase.entrySet()) {
            if (shown++ == MOST_PHASES) break;
            lines.add(bar("phase " + phase.getKey(), phase.getValue()));
        }
        int more = byPhase.size() - MOST_PHASES;
        if (more > 0) lines.add(style.dim("… " + Counts.of(more, "phase") + " to come"));
        return lines;
    }

    private static boolean isFinished(List<TaskView> tasks) {
        return tasks.stream().allMatch(LiveBlock::isFinished);
    }

    private String bar(String label, List<TaskView> tasks) {
        int done = (int) count(tasks, LiveBlock::isFinished);
        int length = Math.min(LARGEST_BAR, Math.max(5, width - LABEL - 14));
        int filled = tasks.isEmpty() ? 0 : (int) ((long) done * length / tasks.size());
        int begun = tasks.isEmpty() ? 0 : (int) ((done + count(tasks, LiveBlock::isUnderWay)) * length / tasks.size());
        var bar = style.good("█".repeat(filled))
                + style.notable("▒".repeat(begun - filled))
                + style.dim("░".repeat(length - begun));
        return Columns.fit(label, LABEL) + bar + String.format(Locale.ROOT, " %d/%d", done, tasks.size());
    }

    private static boolean isUnderWay(TaskView task) {
        return task.stage().isUnderWay() && task.stage() != TaskStage.ISSUED;
    }

    private List<String> running(List<TaskView> tasks, Instant now, int room) {
        var running = tasks.stream()
                .filter(LiveBlock::isRun)
                .filter(task -> task.lastStart().isPresent())
                .sorted(Comparator.comparing(
                        task -> task.lastStart().map(PlanEvent.TaskStarted::at).orElse(now)))
                .toList();
        int most = Math.min(MOST_RUNNING, room - (running.size() > room ? 1 : 0));
        var lines = new ArrayList<String>();
        int idWidth = running.stream()
                .limit(Math.max(0, most))
                .mapToInt(task -> Columns.width(task.id().value()))
                .max()
                .orElse(0);
        for (var task : running) {
            if (lines.size() >= most) break;
            lines.add(running(task, Math.min(idWidth, LONGEST_ID), now));
        }
        int more = running.size() - lines.size();
        if (more > 0 && room > lines.size()) lines.add(style.dim("  … and " + more + " more"));
        return lines;
    }

    private String running(TaskView task, int idWidth, Instant now) {
        var since = task.lastStart().map(PlanEvent.TaskStarted::at).orElse(now);
        var elapsed = String.format("%10s", Durations.words(Duration.between(since, now)));
        int attempt = task.attempt();
        var tail = elapsed + (attempt > 1 ? "  attempt " + attempt : "");
        int titleWidth = width - idWidth - 4 - Columns.width(tail);
        // Too narrow for all of it: the title is shown, the duration is not.
        if (titleWidth < 4)
            return Columns.cut("  " + task.id() + "  " + task.task().title(), width);
        return "  " + Columns.fit(task.id().value(), idWidth) + "  "
                + Columns.fit(task.task().title(), titleWidth) + style.dim(tail);
    }
}
