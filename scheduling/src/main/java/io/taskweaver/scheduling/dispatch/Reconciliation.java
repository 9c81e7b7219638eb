package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Need;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TaskKinds;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nodes that bring a conflicting result into the context. */
public final class Reconciliation {
    private static final int LONGEST_ID = 100;

    private Reconciliation() {}

    /** Id of the node that reconciles an attempt's result: {@code <task>-reconcile-<attempt>}, shortened where needed. */
    public static TaskId id(TaskId conflicted, int attempt) {
        var suffix = "-reconcile-" + attempt;
        var task = conflicted.value();
        if (task.length() + suffix.length() > LONGEST_ID) {
            var hash = "-" + Integer.toHexString(task.hashCode());
            task = task.substring(0, LONGEST_ID - suffix.length() - hash.length()) + hash;
        }
        return new TaskId(task + suffix);
    }

    /** The task as it is announced: the conflicting one's, with a need that says what it reconciles. */
    public static Task task(Task conflicted, TaskId id, List<String> paths) {
        var why = new Need(
                conflicted.id(),
                Need.Kind.RESULT,
                Need.Reason.RECONCILE,
                "its result conflicts with merged results",
                1);
        return conflicted.toBuilder()
                .id(id)
                .kind(Task.Kind.RECONCILE)
                .title("Reconcile: " + withoutPrefix(conflicted.title()))
                .needs(List.of(why))
                .done(false)
                .expectedFiles(paths)
                .build();
    }

    static Node node(
            TaskId conflicted, int attempt, int estimateMinutes, List<String> paths, Set<String> conflictedKinds) {
        var kinds = new HashSet<>(conflictedKinds);
        kinds.remove(TaskKinds.of(Task.Kind.WORK));
        kinds.add(TaskKinds.of(Task.Kind.RECONCILE));
        return new Node(
                id(conflicted, attempt),
                Task.Kind.RECONCILE,
                estimateMinutes,
                List.of(),
                false,
                Optional.of(conflicted),
                Set.copyOf(paths),
                kinds);
    }

    private static String withoutPrefix(String title) {
        return title.startsWith("Reconcile: ") ? title.substring("Reconcile: ".length()) : title;
    }
}
