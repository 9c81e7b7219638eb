package io.taskweaver.scheduling.replan;

import io.taskweaver.model.Need;
import io.taskweaver.model.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A difference for people: what was added, changed and removed, and what has to be looked at again. */
public final class DiffText {
    private static final int LONGEST = 100;

    private final StringBuilder out = new StringBuilder();

    private DiffText() {}

    /** Plain text, with a line break at its end. */
    public static String write(PlanDiff diff) {
        if (diff.isEmpty()) return "The plans are equal.\n";
        var text = new DiffText();
        text.summary(diff);
        text.tasks("Added", "+", diff.added());
        text.changed(diff.changed());
        text.tasks("Removed", "-", diff.removed());
        text.needs("New needs", "+", diff.addedNeeds());
        text.needs("Removed needs", "-", diff.removedNeeds());
        text.contracts(diff.contracts());
        text.touched(diff.touched());
        return text.out.toString();
    }

    private void summary(PlanDiff diff) {
        out.append(diff.added().size()).append(" added, ");
        out.append(diff.changed().size()).append(" changed, ");
        out.append(diff.removed().size()).append(" removed, ");
        out.append(diff.touched().size()).append(" affected, ");
        out.append(diff.unchanged()).append(" as before.\n");
    }

    private void heading(String words, Collection<?> what) {
        if (!what.isEmpty()) out.append('\n').append(words).append(":\n");
    }

    private void tasks(String words, String sign, List<Task> tasks) {
        heading(words, tasks);
        for (var task : tasks)
            out.append("  ").append(sign).append(' ').append(named(task)).append('\n');
    }

    private static String named(Task task) {
        return task.id() + "  " + cut(task.title())
                + task.source().map(at -> "  (" + at + ")").orElse("");
    }

    private void changed(List<PlanDiff.Changed> changed) {
        heading("Changed", changed);
        for (var change : changed) {
            out.append("  ~ ").append(named(change.after())).append('\n');
            for (var field : change.fields()) {
                out.append("      ").append(field.field().words()).append(": ");
                if (field.before().indexOf('\n') < 0 && field.after().indexOf('\n') < 0)
                    out.append("%s -> %s\n".formatted(quoted(field.before()), quoted(field.after())));
                else lines(field);
            }
        }
    }

    private static String quoted(String value) {
        return value.isEmpty() ? "none" : cut(value);
    }

    /** Of a value with several lines those that are not in the other one. */
    private void lines(FieldChange field) {
        var before = field.before().lines().toList();
        var after = field.after().lines().toList();
        out.append('\n');
        for (var line : without(before, after))
            out.append("        - ").append(cut(line)).append('\n');
        for (var line : without(after, before))
            out.append("        + ").append(cut(line)).append('\n');
    }

    private static List<String> without(List<String> lines, List<String> others) {
        var left = new ArrayList<>(lines);
        left.removeAll(others);
        return left;
    }

    private void needs(String words, String sign, List<PlanDiff.Edge> edges) {
        heading(words, edges);
        for (var edge : edges) {
            out.append(
                    "  %s %s needs %s".formatted(sign, edge.task(), edge.need().on()));
            out.append(edge.need().kind() == Need.Kind.CONTRACT ? " (its contract" : " (its result");
            out.append(", ")
                    .append(edge.need().reason().name().toLowerCase(Locale.ROOT))
                    .append(")\n");
        }
    }

    private void contracts(List<PlanDiff.ContractChange> contracts) {
        heading("Contracts", contracts);
        for (var contract : contracts) {
            out.append("  ~ ").append(contract.component());
            operations("; new: ", contract.added());
            operations("; removed: ", contract.removed());
            operations("; changed: ", contract.changed());
            out.append('\n');
        }
    }

    private void operations(String words, Collection<String> names) {
        if (!names.isEmpty()) out.append(words).append(String.join(", ", names));
    }

    private void touched(List<PlanDiff.Touched> touched) {
        heading("Affected; done again if already done", touched);
        for (var one : touched) out.append("  ! %s: %s\n".formatted(named(one.task()), one.because()));
    }

    private static String cut(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        if (line.length() <= LONGEST) return line;
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return line.substring(0, end) + "…";
    }
}
