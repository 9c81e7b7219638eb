package io.taskweaver.requirements.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rewrites tables that were pasted out of a word processor or a spreadsheet into plain text, a tab between their cells, as
 * HTML tables, which need no more lines. A cell may take several lines: a row ends with the line that completes its tabs.
 */
final class TabTables {
    private static final int FEWEST_COLUMNS = 3;
    private static final int FEWEST_ROWS = 2;
    private static final int LONGEST_TITLE = 40;
    private static final int TALLEST_ROW = 40;

    private final String[] lines;

    private TabTables(String[] lines) {
        this.lines = lines;
    }

    /**
     * A row.
     *
     * @param first index of its first line
     * @param last index of its last line
     */
    private record Row(int first, int last) {}

    /** Rewrites the tables of a document in place, as many lines as before. */
    static void repair(String[] lines) {
        var tables = new TabTables(lines);
        boolean fenced = false;
        for (int i = 0; i < lines.length; i++) {
            var body = lines[i].strip();
            if (body.startsWith("```") || body.startsWith("~~~")) fenced = !fenced;
            if (!fenced && tables.isHeader(i)) i = tables.table(i);
        }
    }

    /** Whether a line names at least three columns. */
    private boolean isHeader(int at) {
        var line = lines[at];
        if (line.isBlank() || Character.isWhitespace(line.charAt(0)) || "-*+#>|".indexOf(line.charAt(0)) >= 0)
            return false;
        var cells = line.split("\t", -1);
        return cells.length >= FEWEST_COLUMNS
                && Arrays.stream(cells).allMatch(cell -> !cell.isBlank() && cell.length() <= LONGEST_TITLE);
    }

    /** Rewrites the table whose header is at a line, if it is one; answers its last line. */
    private int table(int header) {
        int columns = tabs(header) + 1;
        var rows = new ArrayList<Row>();
        for (int next = header + 1; next < lines.length; ) {
            var row = row(next, columns);
            if (row.last() < next) break;
            rows.add(row);
            next = row.last() + 1;
        }
        if (rows.size() < FEWEST_ROWS) return header;
        lines[header] = "<table><tr>" + cells(lines[header], "th") + "</tr>";
        for (var row : rows) write(row);
        int end = rows.getLast().last();
        lines[end] += "</table>";
        return end;
    }

    /** The row that begins at a line; it ends before it where none does. */
    private Row row(int first, int columns) {
        var none = new Row(first, first - 1);
        if (lines[first].isBlank() || lines[first].startsWith("\t") || tabs(first) == 0) return none;
        int tabs = 0;
        for (int i = first; i < Math.min(lines.length, first + TALLEST_ROW); i++) {
            tabs += tabs(i);
            if (tabs > columns - 1) return none;
            if (tabs == columns - 1) return new Row(first, i);
        }
        return none;
    }

    private int tabs(int line) {
        return (int) lines[line].chars().filter(c -> c == '\t').count();
    }

    /** Writes a row over its lines; the breaks of a cell stay. */
    private void write(Row row) {
        var text = String.join("\n", List.of(lines).subList(row.first(), row.last() + 1));
        var written = ("<tr>" + cells(text, "td") + "</tr>").split("\n", -1);
        for (int i = 0; i < written.length; i++) lines[row.first() + i] = written[i].isBlank() ? "<br>" : written[i];
    }

    private static String cells(String row, String tag) {
        return Arrays.stream(row.split("\t", -1))
                .map(cell -> "<" + tag + ">" + escaped(cell) + "</" + tag + ">")
                .collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
