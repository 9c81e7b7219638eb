package io.taskweaver.bench.reading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader said of some lines of a document.
 *
 * @param start from 1
 * @param end last line
 * @param type work, part, constraint, boundary, done, question or context
 * @param key of work
 * @param parents keys of the work that a part belongs to
 * @param stated keys of work whose result this one needs, as the document says
 * @param judged the same, as the reader found
 */
public record LabelRow(
        int start,
        int end,
        String type,
        String key,
        Set<String> parents,
        Set<String> stated,
        Set<String> judged,
        String title) {
    private static final String STATED = "!";
    private static final int COLUMNS = 7;

    public LabelRow {
        parents = Set.copyOf(parents);
        stated = Set.copyOf(stated);
        judged = Set.copyOf(judged);
    }

    /** All rows of a file of labels, {@code start end class key parent needs title}, below its header. */
    public static List<LabelRow> in(Path file) throws IOException {
        return Files.readAllLines(file).stream().skip(1).map(LabelRow::of).toList();
    }

    private static LabelRow of(String line) {
        var cells = line.split("\t", -1);
        if (cells.length < COLUMNS) throw new IllegalArgumentException("not a row of labels: " + line);
        var stated = new LinkedHashSet<String>();
        var judged = new LinkedHashSet<String>();
        for (var need : keys(cells[5])) {
            if (need.endsWith(STATED)) stated.add(need.replace(STATED, ""));
            else judged.add(need);
        }
        return new LabelRow(
                Integer.parseInt(cells[0]),
                Integer.parseInt(cells[1]),
                cells[2],
                cells[3],
                keys(cells[4]),
                stated,
                judged,
                cells[6]);
    }

    private static Set<String> keys(String cell) {
        var keys = new LinkedHashSet<String>();
        for (var key : cell.split(",", -1)) if (!key.isBlank()) keys.add(key.strip());
        return keys;
    }

    public boolean isWork() {
        return type.equals("work");
    }

    public boolean covers(int line) {
        return start <= line && line <= end;
    }

    int length() {
        return end - start + 1;
    }

    boolean isAt(LabelRow other) {
        return start == other.start && end == other.end;
    }
}
