package io.taskweaver.requirements.document;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.requirements.document.Block.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Reads tables that are written as raw HTML. A cell that spans rows or columns is repeated in each of them, so that
 * every row can be read by itself; rows that share the cell of an id are one.
 */
final class HtmlTables {
    private static final int MOST_COLUMNS = 200;
    private static final int MOST_SPANNED = 10_000;
    /** Elements within each other; what a person writes has a dozen. */
    private static final int MOST_NESTED = 100;

    private static final Pattern TABLE = Pattern.compile("(?i)<table");
    private static final Pattern ROW = Pattern.compile("(?i)<tr");

    private HtmlTables() {}

    /** Whether a block of raw HTML is a table. */
    static boolean holds(String html) {
        return TABLE.matcher(html).find() && ROW.matcher(html).find();
    }

    /** Where the lines behind the last table of a block begin. */
    static int end(String html) {
        int tag = html.toLowerCase(Locale.ROOT).lastIndexOf("</table");
        int line = tag < 0 ? -1 : html.indexOf('\n', tag);
        return line < 0 ? html.length() : line + 1;
    }

    /** All rows of the tables in a block; its first row is the header if there are header cells in it. */
    static Block.Table read(String html, SourceSpan at) {
        var document = Parser.htmlParser().setTrackPosition(true).parseInput(html, "");
        document.traverse((node, depth) -> {
            Effort.step();
            if (depth > MOST_NESTED)
                throw new LimitExceeded(
                        "depth",
                        MOST_NESTED,
                        "An HTML table is nested too deeply",
                        "Write it as a Markdown table, or with less nesting.",
                        at.path(),
                        at.firstLine());
        });
        var rows = rows(document, at);
        if (rows.isEmpty()) return new Block.Table(List.of(), List.of(), at);
        var first = document.selectFirst("tr");
        boolean headed = first != null && first.selectFirst("th") != null;
        if (!headed) return new Block.Table(List.of(), rows, at);
        var header = rows.getFirst().cells().stream()
                .map(cell -> cell.text().strip())
                .toList();
        return new Block.Table(header, rows.subList(1, rows.size()), at);
    }

    private static List<Row> rows(Document document, SourceSpan at) {
        var rows = new ArrayList<Row>();
        var above = new ArrayList<Spanned>();
        for (var row : document.select("tr")) {
            var shared = new ArrayList<Boolean>();
            var cells = cells(row, above, shared, span(row, at));
            if (cells.isEmpty()) continue;
            boolean goesOn = !rows.isEmpty() && MergedCells.isOneRequirement(texts(cells), not(shared));
            if (goesOn) rows.add(merged(rows.removeLast(), cells, span(row, at)));
            else rows.add(new Row(cells, span(row, at)));
        }
        return rows;
    }

    private static List<String> texts(List<Phrase> cells) {
        return cells.stream().map(cell -> cell.text().strip()).toList();
    }

    private static List<Boolean> not(List<Boolean> shared) {
        return shared.stream().map(cell -> !cell).toList();
    }

    private static Row merged(Row row, List<Phrase> cells, SourceSpan at) {
        var merged = new ArrayList<Phrase>();
        for (int i = 0; i < Math.max(row.cells().size(), cells.size()); i++) {
            var first = i < row.cells().size() ? row.cells().get(i).text() : "";
            var second = i < cells.size() ? cells.get(i).text() : "";
            merged.add(Phrase.plain(MergedCells.joined(first, second)));
        }
        return new Row(
                merged,
                new SourceSpan(
                        at.path(),
                        row.at().firstLine(),
                        Math.max(at.lastLine(), row.at().lastLine())));
    }

    /** A cell that reaches into the rows below. */
    private record Spanned(Phrase text, int rows) {
        static final Spanned NONE = new Spanned(Phrase.EMPTY, 0);
    }

    /**
     * The cells of a row with those that reach into it from above; {@code above} is brought up to date.
     *
     * @param shared takes for each cell whether it reaches into the row from above
     */
    private static List<Phrase> cells(Element row, List<Spanned> above, List<Boolean> shared, SourceSpan at) {
        var cells = new ArrayList<Phrase>();
        for (var cell : row.select("> td, > th")) {
            fillFromAbove(cells, above, shared);
            var text = Phrase.plain(textOf(cell, at));
            int columns = number(cell.attr("colspan"), MOST_COLUMNS);
            int rows = number(cell.attr("rowspan"), MOST_SPANNED);
            for (int i = 0; i < columns && cells.size() < MOST_COLUMNS; i++) {
                set(above, cells.size(), new Spanned(text, rows - 1));
                cells.add(text);
                shared.add(false);
            }
        }
        fillFromAbove(cells, above, shared);
        return cells;
    }

    private static void fillFromAbove(List<Phrase> cells, List<Spanned> above, List<Boolean> shared) {
        while (cells.size() < above.size() && above.get(cells.size()).rows() > 0) {
            var spanned = above.get(cells.size());
            above.set(cells.size(), new Spanned(spanned.text(), spanned.rows() - 1));
            cells.add(spanned.text());
            shared.add(true);
        }
    }

    private static void set(List<Spanned> above, int column, Spanned spanned) {
        while (above.size() <= column) above.add(Spanned.NONE);
        above.set(column, spanned);
    }

    /** The text of a cell, lists in it as sentences, code in backticks. */
    private static String textOf(Element cell, SourceSpan at) {
        for (var code : cell.select("code")) code.text("`" + code.text() + "`");
        for (var item : cell.select("li")) item.appendText("; ");
        return PhraseReader.read(withoutEnd(cell.text()), at);
    }

    private static String withoutEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ';' || Character.isWhitespace(text.charAt(end - 1)))) end--;
        return text.substring(0, end).strip();
    }

    private static int number(String text, int most) {
        boolean isNumber = !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Math.clamp(Integer.parseInt(text), 1, most) : 1;
    }

    private static SourceSpan span(Element row, SourceSpan at) {
        int first = at.firstLine() + Math.max(row.sourceRange().start().lineNumber(), 1) - 1;
        int last = at.firstLine() + Math.max(row.endSourceRange().end().lineNumber(), 1) - 1;
        int begin = Math.clamp(first, at.firstLine(), at.lastLine());
        return new SourceSpan(at.path(), begin, Math.clamp(last, begin, at.lastLine()));
    }
}
