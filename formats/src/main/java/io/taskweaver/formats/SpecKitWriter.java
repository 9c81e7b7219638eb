package io.taskweaver.formats;

import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes {@code tasks.md} of spec-kit: boxes with ids of the form T001, marks, stories, dependencies behind the text. */
final class SpecKitWriter {
    private static final Pattern ID = Pattern.compile("T[0-9]{3,9}");
    private static final Pattern STORY = Pattern.compile("US-?[0-9]{1,6}");
    private static final Pattern ASIDE = Pattern.compile("[(（]([^()（）]*)[)）]");
    private static final Pattern FIRST_MARK = Pattern.compile("^\\[([^\\]\\s]{1,12})\\]");

    private final TaskList list;
    private final Map<String, String> ids = new HashMap<>();
    private final boolean counted;
    private final StringBuilder out = new StringBuilder();
    private final Set<String> beside = new HashSet<>();

    private SpecKitWriter(TaskList list) {
        this.list = list;
        counted = !list.entries().stream()
                .allMatch(entry -> ID.matcher(entry.id()).matches());
        int digits = Math.max(3, Integer.toString(list.entries().size()).length());
        int count = 0;
        for (var entry : list.entries())
            ids.put(entry.id(), counted ? "T" + String.format("%0" + digits + "d", ++count) : entry.id());
    }

    static ExportedList write(TaskList list) {
        var writer = new SpecKitWriter(list);
        writer.write();
        return new ExportedList(writer.out.toString(), writer.losses());
    }

    private void write() {
        out.append("# Tasks: ")
                .append(MarkdownText.line(list.title().isBlank() ? "Plan" : list.title()))
                .append("\n\n");
        out.append("Format: `[ID] [P?] [Story] Description`; `[P]` can run beside its neighbours.\n\n");
        out.append("<!-- ").append(MarkdownReader.COMPLETE).append(" -->\n");
        int phase = 0;
        Optional<String> open = Optional.empty();
        for (var entry : list.entries()) {
            if (open.isEmpty() || !open.get().equals(entry.section())) {
                open = Optional.of(entry.section());
                beside.clear();
                out.append("\n## Phase ").append(++phase).append(": ");
                out.append(MarkdownText.line(entry.section().isEmpty() ? "Tasks" : entry.section()))
                        .append("\n\n");
            }
            task(entry);
        }
    }

    private void task(TaskEntry entry) {
        boolean parallel = entry.dependencies().stream().noneMatch(beside::contains);
        if (!parallel) beside.clear();
        beside.add(entry.id());
        out.append("- [").append(entry.status() == TaskStatus.DONE ? "X" : " ").append("] ");
        out.append(ids.get(entry.id()));
        if (parallel) out.append(" [P]");
        entry.references().stream()
                .filter(reference -> STORY.matcher(reference).matches())
                .findFirst()
                .ifPresent(story -> out.append(" [").append(story).append(']'));
        out.append(' ').append(MarkdownText.line(title(entry)));
        if (!entry.dependencies().isEmpty())
            out.append(entry.dependencies().stream()
                    .map(ids::get)
                    .collect(Collectors.joining(", ", " (depends on ", ")")));
        if (counted)
            out.append(" <!-- id: ").append(entry.id().replace("-->", "")).append(" -->");
        out.append('\n');
        lines(entry)
                .forEach(line ->
                        out.append("  - ").append(MarkdownText.line(line)).append('\n'));
    }

    /** A title that says something of the form that the format uses for dependencies or marks says it in other brackets. */
    private static String title(TaskEntry entry) {
        return FIRST_MARK
                .matcher(ASIDE.matcher(entry.title()).replaceAll("[$1]"))
                .replaceFirst("($1)")
                .replace("✅", "");
    }

    private static List<String> lines(TaskEntry entry) {
        var lines = new ArrayList<String>();
        for (var text : List.of(entry.description(), entry.details(), entry.verification()))
            text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        lines.addAll(entry.criteria());
        return lines;
    }

    private List<String> losses() {
        var losses = new ArrayList<String>();
        if (counted) losses.add("Tasks got ids of the form T001; their own ids are in comments.");
        losses.addAll(new TaskListWriter.Losses(list)
                .note(
                        "states but open and done",
                        entry -> entry.status() != TaskStatus.DONE && entry.status() != TaskStatus.PENDING)
                .note("commands and outputs that check a result", TaskEntry::isChecked)
                .note("priorities", entry -> entry.priority() != TaskPriority.MEDIUM)
                .note("wholes and parts", entry -> entry.parent().isPresent())
                .note("estimates", entry -> entry.minutes().isPresent())
                .note("tags", entry -> !entry.tags().isEmpty())
                .note("assignees", entry -> entry.assignee().isPresent())
                .note(
                        "components and interface definitions",
                        entry -> entry.component().isPresent()
                                || entry.interfaceDefinition().isPresent())
                .statements()
                .sentences());
        return losses;
    }
}
