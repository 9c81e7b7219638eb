package io.taskweaver.requirements.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Rewrites tables as pandoc and other converters draw them, line by line, as the tables that Markdown has: grids ({@code
 * +---+---+}), and columns above and below dashes. A row that takes several lines stands in its first one; its other lines
 * become rows without text, which {@link OutlineReader} leaves out.
 */
final class TextTables {
    private static final Pattern BORDER = Pattern.compile(" {0,3}\\+(?:[:=-]+\\+)+\\s*");
    private static final Pattern GRID_LINE = Pattern.compile(" {0,3}[|+].*[|+]\\s*");
    private static final Pattern DASHES = Pattern.compile(" {0,3}-{2,}(?: +-{2,})+\\s*");
    private static final Pattern RULE = Pattern.compile(" {0,3}-{5,}\\s*");
    private static final int TALLEST_HEADER = 8;

    private final String[] lines;

    private TextTables(String[] lines) {
        this.lines = lines;
    }

    /** Rewrites the tables of a document in place, as many lines as before. */
    static void repair(String[] lines) {
        var tables = new TextTables(lines);
        boolean fenced = false;
        for (int i = 0; i < lines.length; i++) {
            var body = lines[i].strip();
            if (body.startsWith("```") || body.startsWith("~~~")) fenced = !fenced;
            if (fenced || body.isEmpty()) continue;
            if (BORDER.matcher(lines[i]).matches()) i = tables.grid(i);
            else if (DASHES.matcher(lines[i]).matches()) i = tables.columns(i);
        }
    }

    /**
     * A row.
     *
     * @param first its first line
     */
    private record Row(int first, List<String> cells) {}

    /** Writes a table whose delimiter is at a line and whose header is right above it. */
    private void write(int from, int delimiter, List<String> header, List<Row> rows, int to) {
        for (int i = from; i < delimiter - 1; i++) lines[i] = "";
        lines[delimiter - 1] = pipes(header);
        lines[delimiter] = "|" + " --- |".repeat(header.size());
        for (int i = delimiter + 1; i < to; i++) lines[i] = "|" + "  |".repeat(header.size());
        for (var row : rows) lines[row.first()] = pipes(row.cells());
    }

    private static String pipes(List<String> cells) {
        var row = new StringBuilder("|");
        for (var cell : cells) row.append(' ').append(cell.replace("|", "\\|")).append(" |");
        return row.toString();
    }

    /** A grid that begins at a line; answers its last line. */
    private int grid(int from) {
        int to = from;
        while (to + 1 < lines.length && GRID_LINE.matcher(lines[to + 1]).matches()) to++;
        while (to > from && !BORDER.matcher(lines[to]).matches()) to--;
        if (to - from < 2) return from;
        var bounds = bounds(from, to);
        var rows = new ArrayList<Row>();
        int separator = -1;
        int headers = 0;
        int firstBorder = -1;
        Grid grid = new Grid(bounds.size() - 1);
        for (int i = from + 1; i <= to; i++) {
            var drawn = Drawn.of(lines[i]);
            var borders = drawn.borders(bounds);
            if (borders.stream().noneMatch(border -> border)) {
                grid.add(i, drawn.cells(bounds));
                continue;
            }
            boolean whole = borders.stream().allMatch(border -> border);
            grid.end(whole ? List.of() : drawn.cells(bounds), borders, rows);
            if (whole && firstBorder < 0) {
                firstBorder = i;
                if (separator < 0) headers = rows.size();
            }
            if (whole && separator < 0 && lines[i].indexOf('=') >= 0) {
                separator = i;
                headers = rows.size();
            }
        }
        int delimiter = separator > 0 ? separator : firstBorder;
        if (rows.isEmpty() || delimiter - from < 2) return to;
        var header = joined(rows.subList(0, headers), bounds.size() - 1);
        write(from, delimiter, header, rows.subList(headers, rows.size()), to);
        lines[to] = "";
        return to;
    }

    private static List<String> joined(List<Row> rows, int columns) {
        var header = new ArrayList<>(Collections.nCopies(columns, ""));
        for (var row : rows)
            for (int i = 0; i < columns; i++) {
                var cell = row.cells().get(i);
                if (!header.get(i).equals(cell)) header.set(i, (header.get(i) + " " + cell).strip());
            }
        return header;
    }

    /** Columns of all corners of a grid, as it is displayed. */
    private List<Integer> bounds(int from, int to) {
        var bounds = new TreeSet<Integer>();
        for (int i = from; i <= to; i++) {
            if (lines[i].indexOf('+') < 0 || !lines[i].contains("--") && !lines[i].contains("==")) continue;
            var drawn = Drawn.of(lines[i]);
            for (int column = 0; column < drawn.width(); column++) if (drawn.isCorner(column)) bounds.add(column);
        }
        return List.copyOf(bounds);
    }

    /** The row of a grid that is being read. */
    private static final class Grid {
        private final List<StringBuilder> cells = new ArrayList<>();
        private int first = -1;

        Grid(int columns) {
            for (int i = 0; i < columns; i++) cells.add(new StringBuilder());
        }

        void add(int line, List<String> texts) {
            if (first < 0) first = line;
            for (int i = 0; i < cells.size(); i++) MergedCells.append(cells.get(i), texts.get(i));
        }

        /** A border below some cells, or all: those without one reach into the next row. */
        void end(List<String> texts, List<Boolean> borders, List<Row> rows) {
            if (first < 0) return;
            for (int i = 0; i < texts.size(); i++) if (!borders.get(i)) MergedCells.append(cells.get(i), texts.get(i));
            var row = cells.stream().map(cell -> cell.toString().strip()).toList();
            boolean goesOn = MergedCells.isOneRequirement(row, borders);
            if (goesOn) {
                for (int i = 0; i < cells.size(); i++) if (borders.get(i)) MergedCells.endSentence(cells.get(i));
                return;
            }
            rows.add(new Row(first, row));
            first = -1;
            for (int i = 0; i < cells.size(); i++)
                if (borders.get(i)) cells.get(i).setLength(0);
        }
    }

    /** A line as it is displayed: what stands in each column. */
    private record Drawn(List<Integer> columns, String line) {
        private static final int REST_OF_WIDE = -1;

        static Drawn of(String line) {
            var columns = new ArrayList<Integer>();
            line.codePoints().forEach(c -> {
                if (Character.getType(c) == Character.NON_SPACING_MARK) return;
                columns.add(c);
                if (isWide(c)) columns.add(REST_OF_WIDE);
            });
            return new Drawn(columns, line);
        }

        private static boolean isWide(int c) {
            return (c >= 0x1100 && c <= 0x115F)
                    || (c >= 0x2E80 && c <= 0xA4CF)
                    || (c >= 0xAC00 && c <= 0xD7A3)
                    || (c >= 0xF900 && c <= 0xFAFF)
                    || (c >= 0xFF00 && c <= 0xFF60)
                    || (c >= 0x1F300 && c <= 0x1FAFF);
        }

        int width() {
            return columns.size();
        }

        private int at(int column) {
            return column < columns.size() ? columns.get(column) : ' ';
        }

        boolean isCorner(int column) {
            if (at(column) != '+') return false;
            return isDash(at(column + 1)) || (column > 0 && isDash(at(column - 1)));
        }

        private static boolean isDash(int c) {
            return c == '-' || c == '=' || c == ':';
        }

        String text(int from, int to) {
            var text = new StringBuilder();
            for (int i = from; i < Math.min(to, columns.size()); i++)
                if (columns.get(i) != REST_OF_WIDE) text.appendCodePoint(columns.get(i));
            return text.toString().strip();
        }

        /** For each column of a grid whether a border runs through it here. */
        List<Boolean> borders(List<Integer> bounds) {
            var borders = new ArrayList<Boolean>();
            for (int i = 0; i + 1 < bounds.size(); i++) {
                boolean border = bounds.get(i + 1) - bounds.get(i) > 2;
                for (int column = bounds.get(i) + 1; column < bounds.get(i + 1); column++)
                    border &= isDash(at(column)) || at(column) == '+';
                borders.add(border);
            }
            return borders;
        }

        /** Texts between the bars; by their number where it fits, since not everybody counts wide characters as two. */
        List<String> cells(List<Integer> bounds) {
            var body = line.strip();
            var parts = body.length() < 2
                    ? new String[0]
                    : body.substring(1, body.length() - 1).split("(?<!\\\\)[|]", -1);
            if (parts.length == bounds.size() - 1 && body.indexOf('+') < 0) {
                var cells = new ArrayList<String>();
                for (var part : parts) cells.add(part.strip());
                return cells;
            }
            var cells = new ArrayList<String>();
            for (int i = 0; i + 1 < bounds.size(); i++) {
                int from = bounds.get(i);
                boolean joined = i > 0 && at(from) != '|' && at(from) != '+';
                int to = i + 1;
                while (to + 1 < bounds.size() && at(bounds.get(to)) != '|' && at(bounds.get(to)) != '+') to++;
                cells.add(joined ? "" : text(from + 1, bounds.get(to)));
            }
            return cells;
        }
    }

    /** A table of which a line of dashes says where its columns are; answers its last line. */
    private int columns(int dashes) {
        var starts = starts(dashes);
        int top = top(dashes);
        boolean headed = dashes > 0 && !lines[dashes - 1].isBlank();
        boolean simple = top < 0;
        if (simple && headed && dashes > 1 && !lines[dashes - 2].isBlank()) return dashes;
        int end = simple ? endOfSimple(dashes, headed) : endOfTall(dashes);
        if (end < 0 || dashes == 0) return dashes;
        boolean tall = !simple || blankWithin(dashes, end);
        var header = header(simple ? dashes - 1 : top + 1, dashes, starts);
        var rows = rows(dashes + 1, end, starts, tall);
        if (rows.isEmpty()) return dashes;
        write(simple ? dashes - 1 : top, dashes, header, rows, end);
        if (end < lines.length) lines[end] = "";
        return end;
    }

    private List<Integer> starts(int dashes) {
        var starts = new ArrayList<Integer>();
        var line = lines[dashes];
        for (int i = 0; i < line.length(); i++)
            if (line.charAt(i) == '-' && (i == 0 || line.charAt(i - 1) != '-')) starts.add(i);
        return starts;
    }

    /** The rule above the header of a table with rows of several lines; -1 if there is none. */
    private int top(int dashes) {
        for (int i = dashes - 1; i >= Math.max(0, dashes - TALLEST_HEADER); i--) {
            if (lines[i].isBlank()) return -1;
            if (RULE.matcher(lines[i]).matches()) return i < dashes - 1 && (i == 0 || lines[i - 1].isBlank()) ? i : -1;
        }
        return -1;
    }

    /** The rule that ends a table with rows of several lines; -1 if there is none. */
    private int endOfTall(int dashes) {
        for (int i = dashes + 1; i < lines.length; i++) {
            if (RULE.matcher(lines[i]).matches()) return i;
            if (DASHES.matcher(lines[i]).matches()) return -1;
        }
        return -1;
    }

    /** A table with a header ends at a blank line or a second line of dashes, one without only at the latter. */
    private int endOfSimple(int dashes, boolean headed) {
        for (int i = dashes + 1; i < lines.length; i++) {
            if (DASHES.matcher(lines[i]).matches()
                    || (!headed && RULE.matcher(lines[i]).matches())) return i;
            if (headed && lines[i].isBlank()) return i;
        }
        return headed ? lines.length : -1;
    }

    private boolean blankWithin(int from, int to) {
        for (int i = from + 1; i < to; i++) if (lines[i].isBlank()) return true;
        return false;
    }

    private List<String> header(int from, int to, List<Integer> starts) {
        var cells = new ArrayList<StringBuilder>();
        starts.forEach(start -> cells.add(new StringBuilder()));
        for (int i = Math.max(0, from); i < to; i++) add(cells, cut(i, starts));
        return cells.stream().map(cell -> cell.toString().strip()).toList();
    }

    private List<Row> rows(int from, int to, List<Integer> starts, boolean tall) {
        var rows = new ArrayList<Row>();
        var cells = new ArrayList<StringBuilder>();
        starts.forEach(start -> cells.add(new StringBuilder()));
        int first = -1;
        for (int i = from; i <= to; i++) {
            boolean ends = i == to || lines[i].isBlank() || (!tall && first >= 0);
            if (ends && first >= 0) {
                rows.add(new Row(
                        first,
                        cells.stream().map(cell -> cell.toString().strip()).toList()));
                cells.forEach(cell -> cell.setLength(0));
                first = -1;
            }
            if (i == to || lines[i].isBlank()) continue;
            if (first < 0) first = i;
            add(cells, cut(i, starts));
        }
        return rows;
    }

    private static void add(List<StringBuilder> cells, List<String> texts) {
        for (int i = 0; i < cells.size(); i++) MergedCells.append(cells.get(i), texts.get(i));
    }

    private List<String> cut(int line, List<Integer> starts) {
        var drawn = Drawn.of(lines[line]);
        var cells = new ArrayList<String>();
        for (int i = 0; i < starts.size(); i++)
            cells.add(drawn.text(
                    i == 0 ? 0 : starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : Integer.MAX_VALUE));
        return cells;
    }
}
