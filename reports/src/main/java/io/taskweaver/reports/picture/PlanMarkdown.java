package io.taskweaver.reports.picture;

import io.taskweaver.model.ContextMap;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.reports.Counts;
import io.taskweaver.scheduling.planning.Estimates;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a plan as Markdown for people: figures, a graph, phases as tables, what binds all tasks, notices. */
public final class PlanMarkdown {
    private static final int MOST_NEEDS_SHOWN = 6;

    private final Plan plan;
    private final Map<TaskId, Task> tasks = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private PlanMarkdown(Plan plan) {
        this.plan = plan;
        plan.tasks().forEach(task -> tasks.put(task.id(), task));
    }

    /** The plan as Markdown, ending with a line feed. */
    public static String write(Plan plan) {
        var writer = new PlanMarkdown(plan);
        writer.summary();
        writer.notices();
        writer.graph();
        writer.components();
        writer.contextMap();
        writer.phases();
        writer.done();
        writer.list("Constraints", "They apply to every task.", plan.constraints());
        writer.list("Boundaries", "Out of scope, or assumed.", plan.boundaries());
        return writer.out.toString();
    }

    private void summary() {
        long contracts = count(Task.Kind.CONTRACT);
        var work = plan.tasks().stream()
                .filter(task -> task.kind() != Task.Kind.CONTRACT)
                .toList();
        long done = work.stream().filter(Task::done).count();
        int starts = plan.phases().isEmpty() ? 0 : plan.phases().getFirst().size();
        out.append("# ").append(cell(plan.title())).append("\n\n");
        row("", "");
        row("---", "---");
        row("Plan", "`" + plan.id() + "`");
        row("Tasks", work.size() - done + (done > 0 ? " to do, " + done + " done" : ""));
        row("Contracts", "" + contracts);
        row("Phases", "" + plan.phases().size());
        row("Can start at once", "" + starts);
        row("One at a time", minutes(plan.totalMinutes()));
        row(
                "Critical path",
                minutes(plan.criticalPathMinutes()) + ": "
                        + plan.criticalPath().stream().map(id -> "`" + id + "`").collect(Collectors.joining(" → ")));
        out.append('\n').append(Estimates.BASIS);
        out.append(" In the tables, bold ids lie on the critical path")
                .append(contracts > 0 ? ", and each task also needs the contract of its component.\n\n" : ".\n\n");
    }

    private long count(Task.Kind kind) {
        return plan.tasks().stream().filter(task -> task.kind() == kind).count();
    }

    private void notices() {
        if (plan.notices().isEmpty()) return;
        out.append("## Notices\n\n");
        for (var notice : plan.notices()) {
            out.append("- ").append(cell(notice.message()));
            notice.source().ifPresent(at -> out.append(" (").append(at).append(')'));
            out.append(" `").append(notice.code()).append("`\n");
        }
        out.append('\n');
    }

    private void graph() {
        out.append("## Graph\n\n");
        var graph = MermaidPicture.excerpt(plan);
        if (!graph.note().isEmpty()) out.append(graph.note()).append("\n\n");
        out.append("```mermaid\n").append(graph.text()).append("```\n\n");
    }

    private void components() {
        if (plan.components().isEmpty()) return;
        out.append("## Components\n\n| Component | Contract | Operations | Used by |\n| --- | --- | --- | --- |\n");
        for (var component : plan.components()) {
            row(
                    cell(component.name()),
                    "`" + component.node() + "`",
                    component.operations().stream()
                            .map(operation -> "`" + operation.name() + "`")
                            .collect(Collectors.joining(", ")),
                    ids(component.consumers()));
        }
        out.append('\n');
    }

    private void contextMap() {
        var boundaries = ContextMap.of(plan);
        if (boundaries.isEmpty()) return;
        out.append("## Boundaries between components\n\n");
        if (!plan.components().isEmpty())
            out.append("A contract is all that its users need; who waits for results starts later.\n\n");
        out.append(
                "| Component | Uses | Through | Waits for results in | Because |\n| --- | --- | --- | --- | --- |\n");
        for (var boundary : boundaries)
            row(
                    cell(boundary.of()),
                    cell(boundary.on()),
                    ids(boundary.contract()),
                    ids(boundary.waiting()),
                    cell(String.join("; ", boundary.because())));
        out.append('\n');
    }

    private void phases() {
        for (int phase = 0; phase < plan.phases().size(); phase++) {
            var ids = plan.phases().get(phase);
            out.append("## Phase %s (%s)\n\n".formatted(phase + 1, Counts.of(ids.size(), "task")));
            header();
            for (var id : ids) task(id);
            out.append('\n');
        }
    }

    private void done() {
        var done = plan.tasks().stream().filter(Task::done).toList();
        if (done.isEmpty()) return;
        out.append("## Done already\n\n");
        header();
        done.forEach(task -> task(task.id()));
        out.append('\n');
    }

    private void header() {
        out.append("| Id | Task | Component | Priority | Estimate | Needs | Source |\n");
        out.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    }

    private void task(TaskId id) {
        var task = tasks.get(id);
        if (task == null) return;
        row(
                (task.critical() ? "**`" + id + "`**" : "`" + id + "`"),
                cell(task.title()),
                cell(task.component().orElse("")),
                task.priority().name().toLowerCase(Locale.ROOT),
                minutes(task.estimateMinutes()),
                ids(besidesOwnContract(task)),
                task.source().map(SourceSpan::toString).map(PlanMarkdown::cell).orElse(""));
    }

    /** Results first, for they are what a task really waits for; the component's own contract goes without saying. */
    private static List<TaskId> besidesOwnContract(Task task) {
        return task.needs().stream()
                .filter(need -> need.reason() != Need.Reason.CONTRACT)
                .sorted(Comparator.comparing(Need::kind).reversed())
                .map(Need::on)
                .toList();
    }

    private static String ids(List<TaskId> ids) {
        var shown =
                ids.stream().limit(MOST_NEEDS_SHOWN).map(id -> "`" + id + "`").collect(Collectors.joining(", "));
        return ids.size() > MOST_NEEDS_SHOWN ? shown + " and " + (ids.size() - MOST_NEEDS_SHOWN) + " more" : shown;
    }

    private void list(String heading, String meaning, List<String> texts) {
        if (texts.isEmpty()) return;
        out.append("## ").append(heading).append("\n\n").append(meaning).append("\n\n");
        texts.forEach(text -> out.append("- ").append(cell(text)).append('\n'));
        out.append('\n');
    }

    private void row(String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String minutes(int minutes) {
        return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    /** Text that cannot end a table cell or a list item. */
    private static String cell(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("\r", " ")
                .replace("\n", " ")
                .replace("<", "&lt;")
                .strip();
    }
}
