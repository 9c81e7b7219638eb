package io.taskweaver.requirements.tasks;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as of RFC 4180, read leniently: line breaks of any kind, an open quote at the end. Semicolons or
 * tabs separate where the first line has more of them.
 */
final class CsvRecords {
    /**
     * One record.
     *
     * @param line line that it begins on, from 1
     */
    record Row(int line, List<String> cells) {}

    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    private CsvRecords(String text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    /** All records, blank lines left out. */
    static List<Row> of(String text) {
        var reader = new CsvRecords(text, separator(text));
        var rows = new ArrayList<Row>();
        while (reader.at < text.length()) {
            var row = reader.row();
            if (!(row.cells().size() == 1 && row.cells().getFirst().isBlank())) rows.add(row);
        }
        return rows;
    }

    /** The first record. */
    static List<String> header(String text) {
        return text.isEmpty()
                ? List.of()
                : new CsvRecords(text, separator(text)).row().cells();
    }

    private static char separator(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') end++;
        var first = text.substring(0, end);
        char best = ',';
        for (char separator : new char[] {';', '\t'})
            if (count(first, separator) > count(first, best)) best = separator;
        return best;
    }

    private static long count(String line, char separator) {
        return line.chars().filter(c -> c == separator).count();
    }

    private Row row() {
        int begin = line;
        var cells = new ArrayList<String>();
        while (true) {
            cells.add(cell());
            if (at >= text.length()) break;
            char c = text.charAt(at++);
            if (c == separator) continue;
            if (c == '\r' && at < text.length() && text.charAt(at) == '\n') at++;
            line++;
            break;
        }
        return new Row(begin, cells);
    }

    private String cell() {
        var cell = new StringBuilder();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        if (quoted) at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quoted && c == '"') {
                at++;
                boolean escaped = at < text.length() && text.charAt(at) == '"';
                quoted = escaped;
                if (!escaped) continue;
            } else if (!quoted && (c == separator || c == '\n' || c == '\r')) break;
            if (c == '\n') line++;
            cell.append(c);
            at++;
        }
        return cell.toString();
    }

    /** Writes a record, ended by a line feed. */
    static void write(List<String> cells, StringBuilder out) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) out.append(',');
            var cell = cells.get(i);
            boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';');
            out.append(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"');
        }
        out.append('\n');
    }
}
