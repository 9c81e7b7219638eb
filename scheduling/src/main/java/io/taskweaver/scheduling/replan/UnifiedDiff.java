package io.taskweaver.scheduling.replan;

import io.taskweaver.model.Need;
import io.taskweaver.model.Task;
import io.taskweaver.scheduling.replan.FieldChange.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A difference as lines with a minus and lines with a plus, as of files: tasks and their titles, and needs. */
public final class UnifiedDiff {
    private final List<String> tasks = new ArrayList<>();
    private final List<String> needs = new ArrayList<>();

    private UnifiedDiff() {}

    /**
     * The lines; none if the plans have the same tasks with the same titles, and the same needs.
     *
     * @param before what the old plan is called
     * @param after what the new plan is called
     */
    public static List<String> lines(PlanDiff diff, String before, String after) {
        var text = new UnifiedDiff();
        for (var task : diff.removed()) text.task("-", task);
        for (var change : diff.changed())
            if (change.fields().stream().map(FieldChange::field).anyMatch(UnifiedDiff::isShown)) {
                text.tasks.add("-" + named(change.before()));
                text.tasks.add("+" + named(change.after()));
            }
        for (var task : diff.added()) text.task("+", task);
        for (var edge : diff.removedNeeds()) text.need("-", edge.task().value(), edge.need());
        for (var edge : diff.addedNeeds()) text.need("+", edge.task().value(), edge.need());
        return text.all(before, after);
    }

    private static boolean isShown(Field field) {
        return switch (field) {
            case ID, TITLE, CRITERIA -> true;
            case DESCRIPTION, COMPONENT, OPERATION, PRIORITY, ESTIMATE, PHASE, FILES, CHECKS, TAGS, DONE -> false;
        };
    }

    private void task(String sign, Task task) {
        tasks.add(sign + named(task));
        for (var need : task.needs())
            if (need.reason() != Need.Reason.CONTRACT) need(sign, task.id().value(), need);
    }

    private void need(String sign, String task, Need need) {
        var kind = need.kind() == Need.Kind.CONTRACT ? "contract" : "result";
        needs.add(sign + task + " needs " + need.on() + "  (" + kind + ", "
                + need.reason().name().toLowerCase(Locale.ROOT) + ")");
    }

    private static String named(Task task) {
        int criteria = task.acceptanceCriteria().size();
        return task.id() + "  " + task.title().replaceAll("\\s+", " ")
                + (criteria == 0 ? "" : criteria == 1 ? "  [1 criterion]" : "  [" + criteria + " criteria]")
                + task.source().map(at -> "  (" + at + ")").orElse("");
    }

    private List<String> all(String before, String after) {
        var lines = new ArrayList<String>();
        if (tasks.isEmpty() && needs.isEmpty()) return lines;
        lines.add("--- " + before);
        lines.add("+++ " + after);
        if (!tasks.isEmpty()) lines.add("@@ tasks @@");
        lines.addAll(tasks);
        if (!needs.isEmpty()) lines.add("@@ needs @@");
        lines.addAll(needs);
        return lines;
    }
}
