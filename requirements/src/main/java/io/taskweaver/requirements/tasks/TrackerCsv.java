package io.taskweaver.requirements.tasks;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables that trackers export: Linear, Jira, Notion, GitHub. Columns are found by their headings, in any of the languages
 * of {@code lexicon.tsv}; ids, titles and states also by what stands in their cells. What a row waits for is named by id or
 * by title, and may stand in its own row or, as what it blocks, in the other one.
 */
public final class TrackerCsv {
    private static final Pattern ID = Pattern.compile("#?[A-Za-z][A-Za-z0-9]{0,9}[-_][0-9]{1,7}|#?[0-9]{1,7}");
    private static final Pattern NUMBER_IN_URL =
            Pattern.compile(".*/(?:issues|pull|browse|issue)/([\\w-]+)(?:[/?#].*)?");
    /** Where a page of Notion or an issue can be found, behind its name. */
    private static final Pattern PLACE = Pattern.compile("\\s*\\((?:https?:|[^()]*(?:\\.md|%20|notion))[^()]*\\)");

    private static final Pattern SEVERAL = Pattern.compile("\\s*[,;\\n]\\s*");
    private static final Pattern CUSTOM = Pattern.compile("(?i)custom field \\((.*)\\)");
    private static final Pattern IN_BODY = Pattern.compile(
            "(?i)\\b(?:blocked by|depends on)\\s*:?\\s*((?:#[0-9]+|[A-Z][A-Z0-9]+-[0-9]+)(?:\\s*(?:,|and)\\s*(?:#[0-9]+|[A-Z][A-Z0-9]+-[0-9]+))*)");
    private static final int FEWEST_ROWS = 2;
    private static final int FEWEST_CELLS = 3;
    private static final int MOST_NAMED = 12;
    private static final double MOST = 0.8;
    private static final double USUAL_LENGTH = 10;
    private static final int SECONDS = 60;

    /** What a column may hold. */
    private enum Column {
        ID,
        TITLE,
        DESCRIPTION,
        STATUS,
        REASON,
        PRIORITY,
        TAGS,
        ASSIGNEE,
        PARENT,
        COMPONENT,
        SECTION,
        TYPE,
        NEEDS,
        BLOCKS,
        PARTS,
        SECONDS,
        MINUTES,
        PHASE,
        CRITERIA,
        URL;

        private static final List<String> KINDS =
                Stream.of(values()).map(Column::kind).toList();

        /** Of the table of words. */
        String kind() {
            return "column." + name().toLowerCase(Locale.ROOT);
        }

        static Column of(String kind) {
            return values()[KINDS.indexOf(kind)];
        }
    }

    private final String path;
    private final List<String> header;
    private final List<CsvRecords.Row> rows;
    private final Map<Column, List<Integer>> columns = new EnumMap<>(Column.class);
    /** Ids of rows by all that names them: ids, titles in lower case. */
    private final Map<String, String> names = new HashMap<>();

    private final Map<String, TaskDraft> drafts = new HashMap<>();
    private final TaskListBuilder builder = new TaskListBuilder();

    private TrackerCsv(String path, List<CsvRecords.Row> records) {
        this.path = path;
        this.header = records.isEmpty() ? List.of() : records.getFirst().cells();
        this.rows = records.isEmpty() ? List.of() : records.subList(1, records.size());
    }

    /** What became of reading a table. */
    public sealed interface Reading {}

    /** It is a list. */
    public record Read(TaskListing listing) implements Reading {}

    /**
     * No column says what the tasks are.
     *
     * @param problem what is missing, and what there is
     */
    public record Refused(String problem) implements Reading {}

    /** Whether a document is a table of values: by its name, or because its first lines are rows of a task table. */
    public static boolean isTable(Document document) {
        var name = document.path().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".tsv")) return true;
        var header = CsvRecords.header(document.content());
        if (header.size() < FEWEST_CELLS || header.stream().anyMatch(cell -> cell.length() > 60)) return false;
        var found = header.stream()
                .flatMap(cell -> meaning(cell).stream())
                .map(Lexicon.Meaning::kind)
                .collect(Collectors.toSet());
        if (!found.contains(Column.TITLE.kind()) || found.size() < FEWEST_CELLS) return false;
        var records = CsvRecords.of(document.content());
        return records.size() >= FEWEST_ROWS && records.get(1).cells().size() == header.size();
    }

    /** Reads a table. */
    public static Reading read(Document document) {
        var table = new TrackerCsv(document.path(), CsvRecords.of(document.content()));
        table.findColumns();
        if (!table.columns.containsKey(Column.TITLE)) return new Refused(table.missing());
        table.tasks();
        return new Read(table.builder.build());
    }

    private static Optional<Lexicon.Meaning> meaning(String heading) {
        var custom = CUSTOM.matcher(heading.strip());
        var word = custom.matches() ? custom.group(1) : heading;
        return Lexicon.first(Column.KINDS, word)
                .or(() -> Lexicon.first(Column.KINDS, word.replaceFirst("\\s*[(（].*[)）]\\s*$", "")));
    }

    private void findColumns() {
        var ranks = new HashMap<Integer, Integer>();
        for (int i = 0; i < header.size(); i++) {
            var meaning = meaning(header.get(i));
            if (meaning.isEmpty()) continue;
            ranks.put(i, meaning.get().rank());
            var column = Column.of(meaning.get().kind());
            columns.computeIfAbsent(column, key -> new ArrayList<>()).add(i);
        }
        columns.values()
                .forEach(found ->
                        found.sort(java.util.Comparator.comparingInt(column -> ranks.getOrDefault(column, 0))));
        titlesAreNoIds();
        if (!columns.containsKey(Column.ID)) byCells(Column.ID, this::areIds);
        if (!columns.containsKey(Column.STATUS))
            byCells(
                    Column.STATUS,
                    column -> mostly(column, cell -> TaskStatus.of(cell).isPresent()));
        if (!columns.containsKey(Column.PRIORITY))
            byCells(
                    Column.PRIORITY,
                    column -> mostly(column, cell -> TaskPriority.of(cell).isPresent()));
        boolean isList = columns.containsKey(Column.ID) || columns.containsKey(Column.STATUS);
        if (isList && !columns.containsKey(Column.TITLE)) byCells(Column.TITLE, this::areTitles);
    }

    /** Of a table whose titles are under "Issue" and whose ids are, too, the ids are no titles. */
    private void titlesAreNoIds() {
        var titles = columns.get(Column.TITLE);
        if (titles == null) return;
        var ids = titles.stream().filter(this::areIds).toList();
        if (ids.isEmpty()) return;
        titles.removeAll(ids);
        columns.computeIfAbsent(Column.ID, key -> new ArrayList<>()).addAll(ids);
        if (titles.isEmpty()) columns.remove(Column.TITLE);
    }

    private void byCells(Column meaning, Predicate<Integer> holds) {
        var taken = columns.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        for (int i = 0; i < header.size(); i++)
            if (!taken.contains(i) && holds.test(i)) {
                columns.put(meaning, new ArrayList<>(List.of(i)));
                return;
            }
    }

    private boolean areIds(int column) {
        return mostly(column, cell -> ID.matcher(cell).matches()) && areDifferent(column);
    }

    private boolean areTitles(int column) {
        return mostly(
                        column,
                        cell -> cell.length() >= USUAL_LENGTH
                                || Words.plain(cell).size() > 1)
                && mostly(column, cell -> cell.codePoints().anyMatch(Character::isLetter) && !cell.startsWith("http"))
                && areDifferent(column);
    }

    private boolean areDifferent(int column) {
        var cells = rows.stream()
                .map(row -> cell(row, column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        return new HashSet<>(cells).size() == cells.size();
    }

    private boolean mostly(int column, Predicate<String> shape) {
        var cells = rows.stream()
                .map(row -> cell(row, column))
                .filter(cell -> !cell.isEmpty())
                .toList();
        return !cells.isEmpty()
                && cells.size() * 2 >= rows.size()
                && cells.stream().filter(shape).count() >= cells.size() * MOST;
    }

    private String missing() {
        var shown = header.stream()
                .filter(cell -> !cell.isBlank())
                .limit(MOST_NAMED)
                .map(cell -> "'" + TaskEntry.oneLine(cell) + "'")
                .collect(Collectors.joining(", "));
        return "no column holds titles (Title, Summary, Name, Task); "
                + (shown.isEmpty() ? "the first line is empty." : "the first line has the columns " + shown + ".");
    }

    private static String cell(CsvRecords.Row row, int column) {
        return column < row.cells().size() ? row.cells().get(column).strip() : "";
    }

    /** The first cell of a kind that is not empty. */
    private String text(CsvRecords.Row row, Column column) {
        return texts(row, column).stream().findFirst().orElse("");
    }

    private List<String> texts(CsvRecords.Row row, Column column) {
        return columns.getOrDefault(column, List.of()).stream()
                .map(at -> cell(row, at))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private void tasks() {
        var ids = new ArrayList<String>();
        var used = new HashSet<String>();
        for (var row : rows) ids.add(idOf(row, used));
        for (int i = 0; i < rows.size(); i++) name(rows.get(i), ids.get(i));
        for (int i = 0; i < rows.size(); i++) if (!ids.get(i).isEmpty()) task(rows.get(i), ids.get(i));
        for (int i = 0; i < rows.size(); i++) if (!ids.get(i).isEmpty()) relations(rows.get(i), ids.get(i));
        unread();
    }

    /** The id of a row: stated, else the number in its address, else its title; empty if the row says nothing. */
    private String idOf(CsvRecords.Row row, Set<String> used) {
        var title = text(row, Column.TITLE);
        var stated = text(row, Column.ID);
        if (stated.isEmpty() && title.isEmpty()) {
            builder.remark("no-task", "This row has neither id nor title and was ignored.", Optional.of(at(row)));
            return "";
        }
        var address = NUMBER_IN_URL.matcher(text(row, Column.URL));
        var wanted = !stated.isEmpty() ? stated : address.matches() ? address.group(1) : TaskListBuilder.slug(title);
        var id = new TaskDraft(wanted.startsWith("#") ? wanted.substring(1) : wanted, "").id;
        if (used.add(id) || !stated.isEmpty()) return id;
        int number = 2;
        while (!used.add(id + "-" + number)) number++;
        return id + "-" + number;
    }

    private void name(CsvRecords.Row row, String id) {
        if (id.isEmpty()) return;
        for (var other : texts(row, Column.ID)) names.putIfAbsent(key(other), id);
        var address = NUMBER_IN_URL.matcher(text(row, Column.URL));
        if (address.matches()) names.putIfAbsent(key(address.group(1)), id);
        names.putIfAbsent(key(text(row, Column.TITLE)), id);
    }

    private static String key(String text) {
        return (text.startsWith("#") ? text.substring(1) : text).toLowerCase(Locale.ROOT);
    }

    private void task(CsvRecords.Row row, String id) {
        var draft = new TaskDraft(id, text(row, Column.TITLE));
        var entry = draft.entry()
                .description(text(row, Column.DESCRIPTION))
                .section(text(row, Column.SECTION))
                .criteria(text(row, Column.CRITERIA).lines().toList())
                .source(at(row));
        for (var tags : texts(row, Column.TAGS)) entry.addTags(List.of(SEVERAL.split(tags)));
        var type = text(row, Column.TYPE).toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.equals("task") && !type.equals("issue")) entry.addTags(type);
        Optional.of(text(row, Column.ASSIGNEE)).filter(text -> !text.isEmpty()).ifPresent(entry::assignee);
        Optional.of(text(row, Column.COMPONENT)).filter(text -> !text.isEmpty()).ifPresent(entry::component);
        number(row, Column.SECONDS).ifPresent(seconds -> entry.minutes(Math.max(1, seconds / SECONDS)));
        number(row, Column.MINUTES).ifPresent(entry::minutes);
        number(row, Column.PHASE).ifPresent(entry::phase);
        status(row).ifPresent(entry::status);
        priority(row).ifPresent(entry::priority);
        drafts.putIfAbsent(id, draft);
        builder.add(draft);
    }

    private Optional<Integer> number(CsvRecords.Row row, Column column) {
        return Optional.of(text(row, column))
                .filter(text -> text.matches("[0-9]{1,8}"))
                .map(Integer::valueOf);
    }

    /** The state; one that is closed for a reason such as "not planned" was given up. */
    private Optional<TaskStatus> status(CsvRecords.Row row) {
        var text = text(row, Column.STATUS);
        if (text.isEmpty()) return Optional.empty();
        var status = TaskStatus.of(text);
        if (status.isEmpty()) unread("status", text, row);
        boolean closed = status.filter(TaskStatus.DONE::equals).isPresent();
        return TaskStatus.of(text(row, Column.REASON))
                .filter(reason -> closed && reason == TaskStatus.CANCELLED)
                .or(() -> status);
    }

    private Optional<TaskPriority> priority(CsvRecords.Row row) {
        var text = text(row, Column.PRIORITY);
        boolean isUnset = Words.plain(text).isEmpty() || Lexicon.is("board.priority.unset", text);
        if (isUnset) return Optional.empty();
        var priority = TaskPriority.of(text);
        if (priority.isEmpty()) unread("priority", text, row);
        return priority;
    }

    private void unread(String column, String text, CsvRecords.Row row) {
        builder.remark(
                "unread-" + column,
                "'" + TaskEntry.oneLine(text) + "' was not understood as " + column + "; the value was ignored.",
                Optional.of(at(row)));
    }

    private void relations(CsvRecords.Row row, String id) {
        var draft = Objects.requireNonNull(drafts.get(id));
        var at = Optional.of(at(row));
        for (var cell : texts(row, Column.NEEDS)) for (var on : named(cell)) draft.dependsOn(on, at);
        for (var cell : texts(row, Column.BLOCKS))
            for (var other : named(cell)) {
                var blocked = drafts.get(other);
                if (blocked != null) blocked.dependsOn(id, at);
                else unknown(id + " blocks " + other, row);
            }
        for (var cell : texts(row, Column.PARTS))
            for (var part : named(cell)) {
                var draftOfPart = drafts.get(part);
                if (draftOfPart != null && !part.equals(id)) draftOfPart.parent(id);
            }
        var parents = texts(row, Column.PARENT).stream()
                .flatMap(cell -> named(cell).stream())
                .toList();
        parents.stream()
                .filter(drafts::containsKey)
                .findFirst()
                .or(() -> parents.stream().findFirst())
                .ifPresent(draft::parent);
        var inBody = IN_BODY.matcher(text(row, Column.DESCRIPTION));
        while (inBody.find())
            for (var on : inBody.group(1).split("\\s*(?:,|and)\\s*", -1))
                draft.dependsOn(named(on).getFirst(), at);
    }

    private void unknown(String what, CsvRecords.Row row) {
        builder.remark(
                "unknown-dependency", what + ", which is not in the list; it was ignored.", Optional.of(at(row)));
    }

    /** Ids of the rows that a cell names; what names none stays as it is, so that it is reported. */
    private List<String> named(String cell) {
        var whole = names.get(key(PLACE.matcher(cell).replaceAll("").strip()));
        if (whole != null) return List.of(whole);
        var named = new ArrayList<String>();
        for (var part : SEVERAL.split(PLACE.matcher(cell).replaceAll("\n").strip())) {
            var text = part.strip();
            if (text.isEmpty()) continue;
            var address = NUMBER_IN_URL.matcher(text);
            var name = address.matches() ? address.group(1) : text;
            var known = names.get(key(name));
            if (known != null) named.add(known);
            else if (ID.matcher(name).matches()) named.add(name);
            else for (var word : name.split("\\s+")) named.add(names.getOrDefault(key(word), word));
        }
        return named;
    }

    /** Columns of which nothing is made, in one remark: exports have dozens. */
    private void unread() {
        var known = columns.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        var unread = new TreeSet<String>();
        for (int i = 0; i < header.size(); i++) {
            int column = i;
            boolean says = rows.stream().anyMatch(row -> !cell(row, column).isEmpty());
            if (!known.contains(i) && says && !header.get(i).isBlank()) unread.add(TaskEntry.oneLine(header.get(i)));
        }
        if (unread.isEmpty()) return;
        var shown = unread.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        builder.remark(
                "unread-column",
                "These columns were not read: " + shown
                        + (unread.size() > MOST_NAMED ? " and " + (unread.size() - MOST_NAMED) + " more" : "") + ".",
                Optional.of(new SourceSpan(path, 1, 1)));
    }

    private SourceSpan at(CsvRecords.Row row) {
        return new SourceSpan(path, row.line(), row.line());
    }
}
