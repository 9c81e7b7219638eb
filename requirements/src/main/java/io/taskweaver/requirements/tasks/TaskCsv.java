package io.taskweaver.requirements.tasks;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Task lists as a table of comma-separated values (RFC 4180), one row for each task. It carries all of a list, and is
 * what a list travels in as a document. Cells that hold several values have one on each line; ids and tags may be
 * separated by commas or semicolons as well. Rows of kind {@code list}, {@code constraint} and {@code boundary} hold the
 * list's title, whether it states dependencies, and the statements on all tasks.
 */
public final class TaskCsv {
    private static final Pattern IDS = Pattern.compile("[\\s,;]+");
    private static final Pattern SOURCE = Pattern.compile("(.+):([0-9]{1,9})(?:-([0-9]{1,9}))?", Pattern.DOTALL);
    private static final int LONGEST_NAME = 100;
    private static final String LIST = "list";
    private static final String UNSTATED = "unstated";
    private static final String CONSTRAINT = "constraint";
    private static final String BOUNDARY = "boundary";

    /** Columns in the order in which they are written, with what stands in them. */
    private static final Map<String, Function<TaskEntry, String>> COLUMNS = columns();

    private TaskCsv() {}

    private static Map<String, Function<TaskEntry, String>> columns() {
        var columns = new java.util.LinkedHashMap<String, Function<TaskEntry, String>>();
        columns.put("id", TaskEntry::id);
        columns.put("title", TaskEntry::title);
        columns.put("description", TaskEntry::description);
        columns.put("priority", entry -> entry.priority().word());
        columns.put("dependencies", entry -> String.join(" ", entry.dependencies()));
        columns.put("phase", entry -> entry.phase() == 0 ? "" : Integer.toString(entry.phase()));
        columns.put("status", entry -> entry.status().word());
        columns.put("tags", entry -> tags(entry.tags()));
        columns.put(
                "estimated_time",
                entry -> entry.minutes().isEmpty()
                        ? ""
                        : Integer.toString(entry.minutes().getAsInt()));
        columns.put("assignee", entry -> entry.assignee().orElse(""));
        columns.put("component", entry -> entry.component().orElse(""));
        columns.put("operation", entry -> entry.operation().orElse(""));
        columns.put("interface_definition", entry -> entry.interfaceDefinition().orElse(""));
        columns.put("details", TaskEntry::details);
        columns.put("verification", TaskEntry::verification);
        columns.put("verify", entry -> entry.verify().orElse(""));
        columns.put("acceptance_criteria", entry -> String.join("\n", entry.criteria()));
        columns.put("parent", entry -> entry.parent().orElse(""));
        columns.put("section", TaskEntry::section);
        columns.put("files", entry -> String.join("\n", entry.files()));
        columns.put("outputs", entry -> String.join("\n", entry.outputs()));
        columns.put("references", entry -> String.join("\n", entry.references()));
        columns.put("passages", entry -> PassageCell.write(entry.passages()));
        columns.put("kind", entry -> entry.kind().name().toLowerCase(Locale.ROOT));
        columns.put("source", entry -> entry.source().map(SourceSpan::toString).orElse(""));
        return columns;
    }

    private static String tags(List<String> tags) {
        boolean plain = tags.stream().noneMatch(tag -> tag.indexOf(',') >= 0 || tag.indexOf(';') >= 0);
        return plain ? String.join(", ", tags) : String.join("\n", tags) + "\n";
    }

    /** The list as a table with a header. */
    public static String write(TaskList list) {
        var out = new StringBuilder();
        CsvRecords.write(List.copyOf(COLUMNS.keySet()), out);
        if (!list.title().isBlank() || !list.statesDependencies()) CsvRecords.write(head(list), out);
        for (var entry : list.entries())
            CsvRecords.write(
                    COLUMNS.values().stream().map(column -> column.apply(entry)).toList(), out);
        list.constraints().forEach(text -> CsvRecords.write(statement(CONSTRAINT, text), out));
        list.boundaries().forEach(text -> CsvRecords.write(statement(BOUNDARY, text), out));
        return out.toString();
    }

    private static List<String> head(TaskList list) {
        var cells = new ArrayList<>(statement(LIST, list.title()));
        if (!list.statesDependencies()) cells.set(columnNames().indexOf("dependencies"), UNSTATED);
        return cells;
    }

    private static List<String> statement(String kind, String text) {
        return COLUMNS.keySet().stream()
                .map(column -> column.equals("title") ? text : column.equals("kind") ? kind : "")
                .toList();
    }

    /** Whether a text is such a table: its first line names the columns id, title and dependencies. */
    public static boolean isTaskList(String text) {
        return names(CsvRecords.header(text)).containsAll(List.of("id", "title", "dependencies"));
    }

    private static List<String> names(List<String> header) {
        return header.stream()
                .map(name -> name.length() > LONGEST_NAME
                        ? name
                        : name.strip().toLowerCase(Locale.ROOT).replace(' ', '_'))
                .toList();
    }

    /** Reads a table: columns in any order, those that are not known reported and left out. */
    public static TaskListing read(Document document) {
        var builder = new TaskListBuilder();
        var rows = CsvRecords.of(document.content());
        if (rows.isEmpty()) return builder.build();
        var names = names(rows.getFirst().cells());
        for (var name : names)
            if (!COLUMNS.containsKey(name))
                builder.remark(
                        "unread-column",
                        "The column '" + name + "' is unknown and was ignored.",
                        Optional.of(new SourceSpan(document.path(), 1, 1)));
        for (var row : rows.subList(1, rows.size())) row(row, names, document.path(), builder);
        return builder.build();
    }

    private static void row(CsvRecords.Row row, List<String> names, String path, TaskListBuilder builder) {
        var at = new SourceSpan(path, row.line(), row.line());
        if (row.cells().size() > names.size())
            builder.remark(
                    "unread-cells",
                    "This row has " + row.cells().size() + " cells and the table " + names.size()
                            + " columns; the last were not read.",
                    Optional.of(at));
        var cells = new HashMap<String, String>();
        for (int i = 0; i < Math.min(names.size(), row.cells().size()); i++)
            cells.putIfAbsent(names.get(i), row.cells().get(i));
        var kind = cells.getOrDefault("kind", "").strip().toLowerCase(Locale.ROOT);
        var title = cells.getOrDefault("title", "");
        switch (kind) {
            case LIST -> {
                builder.title(title);
                if (cells.getOrDefault("dependencies", "").strip().equals(UNSTATED)) builder.onlyOrdered();
            }
            case CONSTRAINT -> builder.constraint(title);
            case BOUNDARY -> builder.boundary(title);
            default -> {
                if (cells.getOrDefault("id", "").isBlank() && title.isBlank())
                    builder.remark("no-task", "This row has neither id nor title and was ignored.", Optional.of(at));
                else builder.add(new Cells(cells, at, builder).draft());
            }
        }
    }

    /** The cells of one row. */
    private record Cells(Map<String, String> cells, SourceSpan at, TaskListBuilder builder) {
        TaskDraft draft() {
            var draft = new TaskDraft(text("id"), text("title")).parent(text("parent"));
            var entry = draft.entry()
                    .description(text("description"))
                    .details(text("details"))
                    .verification(text("verification"))
                    .verify(text("verify"))
                    .criteria(lines("acceptance_criteria"))
                    .phase(number("phase").orElse(0))
                    .section(text("section"))
                    .tags(tags())
                    .assignee(text("assignee"))
                    .component(text("component"))
                    .operation(text("operation"))
                    .interfaceDefinition(text("interface_definition"))
                    .files(lines("files"))
                    .outputs(lines("outputs"))
                    .references(lines("references"))
                    .passages(PassageCell.read(text("passages")))
                    .source(source());
            number("estimated_time").ifPresent(entry::minutes);
            if (text("kind").equalsIgnoreCase("contract")) entry.kind(TaskEntry.Kind.CONTRACT);
            word("status", TaskStatus::of).ifPresent(entry::status);
            word("priority", TaskPriority::of).ifPresent(entry::priority);
            for (var id : IDS.split(text("dependencies"))) draft.dependsOn(id, Optional.of(at));
            return draft;
        }

        private String text(String column) {
            return cells.getOrDefault(column, "").strip();
        }

        private List<String> lines(String column) {
            return text(column).lines().toList();
        }

        private List<String> tags() {
            var cell = cells.getOrDefault("tags", "");
            return cell.indexOf('\n') >= 0 ? cell.lines().toList() : List.of(cell.split("[,;]"));
        }

        private Optional<Integer> number(String column) {
            var text = text(column);
            if (text.isEmpty()) return Optional.empty();
            if (text.matches("[0-9]{1,9}")) return Optional.of(Integer.valueOf(text));
            unread(column, text);
            return Optional.empty();
        }

        private <T> Optional<T> word(String column, Function<String, Optional<T>> meaning) {
            var text = text(column);
            if (text.isEmpty()) return Optional.empty();
            var found = meaning.apply(text);
            if (found.isEmpty()) unread(column, text);
            return found;
        }

        private void unread(String column, String text) {
            builder.remark(
                    "unread-" + column.replace('_', '-'),
                    "'" + text + "' was not understood as " + column + "; the value was ignored.",
                    Optional.of(at));
        }

        /** Where the row says that it comes from; else the row itself. */
        private SourceSpan source() {
            var match = SOURCE.matcher(text("source"));
            if (!match.matches()) return at;
            int first = Integer.parseInt(match.group(2));
            int last = match.group(3) == null ? first : Integer.parseInt(match.group(3));
            return first < 1 || last < first ? at : new SourceSpan(match.group(1), first, last);
        }
    }

    /** All columns, in order. */
    public static List<String> columnNames() {
        return new ArrayList<>(COLUMNS.keySet());
    }
}
