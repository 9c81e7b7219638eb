package io.taskweaver.model;

import java.util.List;

/**
 * What is to be done, in an order that respects every need.
 *
 * @param tasks all nodes, in topological order
 * @param components one for each contract node
 * @param phases work nodes that are not done, by phase; index 0 is phase 1
 * @param criticalPath longest path by estimate, first to last, done nodes left out
 * @param criticalPathMinutes its length
 * @param totalMinutes estimate of all nodes that are not done
 * @param constraints statements that bind every task
 * @param boundaries non-goals, and assumptions, which begin with {@link #ASSUMED}
 * @param notices what a reader should know
 */
public record Plan(
        PlanId id,
        String title,
        List<Task> tasks,
        List<ComponentSpec> components,
        List<List<TaskId>> phases,
        List<TaskId> criticalPath,
        int criticalPathMinutes,
        int totalMinutes,
        List<String> constraints,
        List<String> boundaries,
        List<Notice> notices,
        PlanOptions options) {
    /** What a boundary begins with that is taken for granted, and not ruled out. */
    public static final String ASSUMED = "Assumed: ";

    public Plan {
        tasks = List.copyOf(tasks);
        components = List.copyOf(components);
        phases = phases.stream().map(List::copyOf).toList();
        criticalPath = List.copyOf(criticalPath);
        constraints = List.copyOf(constraints);
        boundaries = List.copyOf(boundaries);
        notices = List.copyOf(notices);
    }

    /** The same with other options. */
    public Plan with(PlanOptions other) {
        return new Plan(
                id,
                title,
                tasks,
                components,
                phases,
                criticalPath,
                criticalPathMinutes,
                totalMinutes,
                constraints,
                boundaries,
                notices,
                other);
    }
}
