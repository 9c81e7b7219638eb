package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Checks;
import io.taskweaver.model.Need;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TaskKinds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Nodes that bring a conflicting result into the context. */
public final class Reconciliation {
    private static final int LONGEST_ID = 100;
    private static final String FAILING = "The project's verification fails with this result. Make it pass, without"
            + " taking back what this task or the others were to do:";

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

    /** Whether a node reconciles the result of an earlier attempt of a task, which was given up for the one named. */
    public static boolean isOfEarlier(TaskId node, TaskId conflicted, int attempt) {
        for (int earlier = 1; earlier < attempt; earlier++)
            if (id(conflicted, earlier).equals(node)) return true;
        return false;
    }

    /**
     * The task as it is announced: the conflicting one's, with a need that says what it reconciles.
     *
     * @param reason how the plan's command fails with the result, if no file conflicts
     */
    public static Task task(Task conflicted, TaskId id, List<String> paths, Optional<String> reason) {
        var why = new Need(
                conflicted.id(),
                Need.Kind.RESULT,
                Need.Reason.RECONCILE,
                reason.isPresent()
                        ? "its result fails together with merged results"
                        : "its result conflicts with merged results",
                1);
        var failing = reason.map(text -> "\n\n" + FAILING + "\n\n" + fenced(text));
        return conflicted.toBuilder()
                .id(id)
                .kind(Task.Kind.RECONCILE)
                .title((reason.isPresent() ? "Fix: " : "Reconcile: ") + withoutPrefix(conflicted.title()))
                .description(withoutFailure(conflicted.description()) + failing.orElse(""))
                .checks(conflicted.kind() == Task.Kind.VERIFY ? Checks.NONE : conflicted.checks())
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

    /** How often a result was reconciled that this node stands for. */
    static int reconciliations(PlanProgress plan, NodeState entry) {
        int count = 0;
        for (var each = standsFor(plan, entry); each.isPresent(); each = standsFor(plan, each.get())) count++;
        return count;
    }

    /** Nodes whose results this one reconciles, directly or through others; the direct one first. */
    static List<NodeState> reconciledBy(PlanProgress plan, NodeState entry) {
        var waiting = new ArrayList<NodeState>();
        for (var node = entry; !isObsolete(plan, node); node = waiting.getLast()) {
            var conflicted = standsFor(plan, node);
            if (conflicted.isEmpty()) break;
            waiting.add(conflicted.get());
        }
        return waiting;
    }

    /** Whether it reconciles the result of an attempt that was given up for a later one. */
    static boolean isObsolete(PlanProgress plan, NodeState entry) {
        return standsFor(plan, entry)
                .filter(conflicted -> !(conflicted.state instanceof TaskState.Tried tried
                        && id(conflicted.node.id(), tried.attempts().number()).equals(entry.node.id())))
                .isPresent();
    }

    /** The node whose result it reconciles. */
    private static Optional<NodeState> standsFor(PlanProgress plan, NodeState entry) {
        return entry.node.standsFor().map(plan::require);
    }

    private static String withoutPrefix(String title) {
        for (var prefix : List.of("Reconcile: ", "Fix: "))
            if (title.startsWith(prefix)) return title.substring(prefix.length());
        return title;
    }

    /** Of a task that is fixed again, the last failure counts. */
    private static String withoutFailure(String description) {
        int at = description.indexOf("\n\n" + FAILING);
        return at < 0 ? description : description.substring(0, at);
    }

    private static String fenced(String text) {
        var fence = "```";
        while (text.contains(fence)) fence += "`";
        return fence + "\n" + text + "\n" + fence;
    }
}
