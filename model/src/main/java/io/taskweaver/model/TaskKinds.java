package io.taskweaver.model;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The kinds of a task, by which a user says how it is treated: what it does ({@code work}, {@code reconcile}), and its
 * tags, e.g. {@code foundation} or what a list of tasks calls its labels. In lower case.
 */
public final class TaskKinds {
    private TaskKinds() {}

    /** All kinds that a task is of, its own first. */
    public static Set<String> of(Task task) {
        var kinds = new LinkedHashSet<String>();
        kinds.add(of(task.kind()));
        for (var tag : task.tags()) kinds.add(tag.toLowerCase(Locale.ROOT));
        return kinds;
    }

    /** The kind that a task is of by what it does. */
    public static String of(Task.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
