package io.taskweaver.formats;

import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes {@code tasks.md} of Kiro: boxes with numbers on two levels, requirements and dependencies as emphasised remarks,
 * the latter as cc-sdd writes them.
 */
final class KiroWriter {
    private final TaskList list;
    private final Numbering numbering;
    private final StringBuilder out = new StringBuilder("# Implementation Plan\n\n");

    private KiroWriter(TaskList list) {
        this.list = list;
        this.numbering = Numbering.of(list);
    }

    static ExportedList write(TaskList list) {
        var writer = new KiroWriter(list);
        if (list.statesDependencies())
            writer.out.append("<!-- ").append(MarkdownReader.COMPLETE).append(" -->\n\n");
        var section = "";
        for (var top : writer.numbering.tops()) {
            if (!top.section().equals(section)) {
                section = top.section();
                if (!section.isEmpty())
                    writer.out.append("## ").append(MarkdownText.line(section)).append("\n\n");
            }
            writer.task(top, "");
            for (var part : writer.numbering.partsOf(top)) writer.task(part, "  ");
            writer.out.append('\n');
        }
        return new ExportedList(writer.out.toString(), writer.losses());
    }

    private void task(TaskEntry entry, String indent) {
        var number = numbering.number(entry.id());
        out.append(indent).append("- [").append(box(entry.status())).append("] ");
        out.append(number).append(indent.isEmpty() ? ". " : " ").append(MarkdownText.line(title(entry)));
        if (numbering.isCounted())
            out.append(" <!-- id: ").append(entry.id().replace("-->", "")).append(" -->");
        out.append('\n');
        for (var text : List.of(entry.description(), entry.details(), entry.verification()))
            text.lines().filter(line -> !line.isBlank()).forEach(line -> detail(indent, MarkdownText.line(line)));
        entry.criteria().forEach(line -> detail(indent, MarkdownText.line(line)));
        remark(indent, "Requirements", entry.references());
        remark(
                indent,
                "Depends",
                entry.dependencies().stream().map(numbering::number).toList());
        entry.component().ifPresent(component -> remark(indent, "Boundary", List.of(component)));
        if (isRemarked(entry.status()))
            remark(indent, "Status", List.of(entry.status().word()));
    }

    private void detail(String indent, String line) {
        out.append(indent).append("  - ").append(line).append('\n');
    }

    private void remark(String indent, String label, List<String> values) {
        if (values.isEmpty()) return;
        var text = values.stream()
                .map(value -> MarkdownText.line(value.replace(',', ' ')))
                .collect(Collectors.joining(", "));
        detail(indent, "_" + label + ": " + text + "_");
    }

    /** Titles that begin or end as a mark would are put in other words. */
    private static String title(TaskEntry entry) {
        var title = entry.title().replace("(P)", "[P]");
        return title.startsWith("*") ? "- " + title : title;
    }

    private static String box(TaskStatus status) {
        return switch (status) {
            case DONE -> "x";
            case IN_PROGRESS -> "-";
            case PENDING, REVIEW, BLOCKED, DEFERRED, CANCELLED, FAILED -> " ";
        };
    }

    private static boolean isRemarked(TaskStatus status) {
        return switch (status) {
            case DONE, IN_PROGRESS, PENDING -> false;
            case REVIEW, BLOCKED, DEFERRED, CANCELLED, FAILED -> true;
        };
    }

    private List<String> losses() {
        var losses = new ArrayList<String>();
        numbering.report(losses, "behind them in comments");
        losses.addAll(new TaskListWriter.Losses(list)
                .note(
                        "states but open, in progress and done, which stand in a remark,",
                        entry -> isRemarked(entry.status()))
                .note("commands and outputs that check a result", TaskEntry::isChecked)
                .note("priorities", entry -> entry.priority() != TaskPriority.MEDIUM)
                .note("estimates", entry -> entry.minutes().isPresent())
                .note("tags", entry -> !entry.tags().isEmpty())
                .note("assignees", entry -> entry.assignee().isPresent())
                .note(
                        "interface definitions",
                        entry -> entry.interfaceDefinition().isPresent())
                .statements()
                .sentences());
        return losses;
    }
}
