package io.taskweaver.cli.progress;

import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.reports.Counts;
import io.taskweaver.reports.Durations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A plan in a few lines: counts, phases, critical path, notices. */
record PlanSummaryText(Style style, int width) {
    private static final int MOST_PHASES = 8;
    private static final int MOST_STEPS = 12;
    private static final int MOST_NOTICES = 5;

    List<String> of(Plan plan) {
        Map<TaskId, Task> tasks = new HashMap<>();
        plan.tasks().forEach(task -> tasks.put(task.id(), task));
        var works = plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .toList();
        long contracts = plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.CONTRACT)
                .count();
        long done = works.stream().filter(Task::done).count();
        var lines = new ArrayList<String>();
        lines.add(style.bold(Columns.cut(plan.title(), width)) + style.dim("  " + plan.id()));
        lines.add(Counts.of(works.size(), "task") + (done > 0 ? " (" + done + " done already)" : "") + ", "
                + Counts.of(contracts, "contract") + ", "
                + Counts.of(plan.phases().size(), "phase") + "; estimated "
                + Durations.ofMinutes(plan.criticalPathMinutes()) + " on the critical path, "
                + Durations.ofMinutes(plan.totalMinutes()) + " one at a time");
        for (int i = 0; i < Math.min(MOST_PHASES, plan.phases().size()); i++) lines.add(phase(i + 1, plan, i, tasks));
        if (plan.phases().size() > MOST_PHASES)
            lines.add(style.dim("  … " + (plan.phases().size() - MOST_PHASES) + " more"));
        if (!plan.criticalPath().isEmpty()) criticalPath(plan, tasks, lines);
        notices(plan, lines);
        return lines;
    }

    private String phase(int number, Plan plan, int index, Map<TaskId, Task> tasks) {
        var ids = plan.phases().get(index);
        var head = String.format("  phase %-3d %3d %s  ", number, ids.size(), ids.size() == 1 ? "task " : "tasks");
        var titles = ids.stream()
                .map(tasks::get)
                .filter(Objects::nonNull)
                .map(Task::title)
                .toList();
        return head + style.dim(Columns.cut(String.join("; ", titles), Math.max(10, width - head.length() - 1)));
    }

    private void criticalPath(Plan plan, Map<TaskId, Task> tasks, List<String> lines) {
        lines.add("  critical path");
        int shown = 0;
        for (var id : plan.criticalPath()) {
            if (shown++ == MOST_STEPS) {
                lines.add(style.dim("    … " + (plan.criticalPath().size() - MOST_STEPS) + " more"));
                return;
            }
            var task = tasks.get(id);
            lines.add("    " + Columns.cut(id + (task == null ? "" : "  " + task.title()), Math.max(10, width - 5)));
        }
    }

    private void notices(Plan plan, List<String> lines) {
        int shown = 0;
        for (var notice : plan.notices()) {
            if (shown++ == MOST_NOTICES) {
                lines.add(style.dim("  … " + (plan.notices().size() - MOST_NOTICES) + " more notices in plan.md"));
                return;
            }
            lines.add(style.notable("  note: ")
                    + Columns.clean(notice.message())
                    + style.dim(notice.source().map(span -> " (" + span + ")").orElse("")));
        }
    }
}
