package io.taskweaver.requirements.tasks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tasks in the order in which a document lists them. Ids are unique; dependencies and parents are in the list; nothing
 * depends on itself or is a part of itself. Tasks may wait for each other in a circle: planning refuses that, a list may
 * say it.
 *
 * @param title what it is about; may be empty
 * @param constraints what binds all tasks, one line each
 * @param boundaries what is not to be done, one line each
 * @param statesDependencies whether a task without dependencies has none; if not, the list only has an order, and no task
 *     has dependencies
 */
public record TaskList(
        String title,
        List<TaskEntry> entries,
        List<String> constraints,
        List<String> boundaries,
        boolean statesDependencies) {
    public TaskList {
        entries = List.copyOf(entries);
        constraints = List.copyOf(constraints);
        boundaries = List.copyOf(boundaries);
        var byId = new HashMap<String, TaskEntry>();
        for (var entry : entries)
            if (byId.put(entry.id(), entry) != null) throw new IllegalArgumentException("two tasks are " + entry.id());
        for (var entry : entries) check(entry, byId);
        if (!statesDependencies
                && entries.stream().anyMatch(entry -> !entry.dependencies().isEmpty()))
            throw new IllegalArgumentException("a list that states no dependencies has some");
    }

    private static void check(TaskEntry entry, Map<String, TaskEntry> byId) {
        for (var on : entry.dependencies())
            if (on.equals(entry.id()) || !byId.containsKey(on))
                throw new IllegalArgumentException(entry.id() + " cannot depend on " + on);
        var seen = new HashSet<>(Set.of(entry.id()));
        for (var parent = entry.parent(); parent.isPresent(); ) {
            var above = byId.get(parent.get());
            if (above == null || !seen.add(above.id()))
                throw new IllegalArgumentException(entry.id() + " cannot be a subtask of " + parent.get());
            parent = above.parent();
        }
    }

    /** Parts of each entry that has any, in document order. */
    public Map<String, List<TaskEntry>> parts() {
        var parts = new LinkedHashMap<String, List<TaskEntry>>();
        for (var entry : entries)
            entry.parent()
                    .ifPresent(parent -> parts.computeIfAbsent(parent, key -> new java.util.ArrayList<>())
                            .add(entry));
        return parts;
    }
}
