package io.taskweaver.requirements.document;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.requirements.document.Block.Box;
import io.taskweaver.requirements.document.Block.Item;
import io.taskweaver.requirements.document.Block.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemMarker;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Reads Markdown, or text that resembles it, into sections and blocks with their lines. Any text gives an outline. */
public final class OutlineReader {
    private static final int MOST_NESTED_BLOCKS = 60;
    private static final int MOST_NESTED_INLINES = 60;
    /** As the parser has it. */
    private static final int MOST_CELLS = 1_000_000;

    private static final Parser PARSER = Parser.builder()
            .extensions(
                    List.of(TablesExtension.create(), TaskListItemsExtension.create(), StrikethroughExtension.create()))
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(MOST_NESTED_BLOCKS)
            .maxInlineNesting(MOST_NESTED_INLINES)
            .build();

    private final String path;
    private final int lines;
    /** Lines before the text that is read. */
    private final int before;

    private OutlineReader(String path, int lines, int before) {
        this.path = path;
        this.lines = lines;
        this.before = before;
    }

    /**
     * The document's outline.
     *
     * @throws LimitExceeded if a line is longer or a table larger than can be read
     */
    public static Outline read(Document document) {
        var repaired = MarkdownRepair.of(document.content());
        var text = String.join("\n", repaired.lines);
        var node = parse(text, document.path());
        var reader = new OutlineReader(document.path(), repaired.lines.length, 0);
        var root = reader.tree(node);
        shape(node, repaired.shapes);
        var repairs = repaired.found.stream()
                .map(found ->
                        new Repair(found.code(), found.message(), reader.span(found.line() + 1, found.line() + 1)))
                .toList();
        var links = LinkReader.links(node, text, document.path());
        return new Outline(document.path(), root, List.of(repaired.shapes), repaired.title(), links, repairs);
    }

    /** The parser adds the cells that short rows lack, and gives up when a table of some kilobytes has got a million. */
    private static Node parse(String text, String path) {
        try {
            return PARSER.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LimitExceeded(
                    "cells",
                    MOST_CELLS,
                    "A table has too many cells, including omitted ones",
                    "Remove empty columns, or split the table.",
                    path,
                    0);
        }
    }

    /** Notes what the lines of all nodes below look like. */
    private static void shape(Node node, LineShape[] shapes) {
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            switch (child) {
                case Heading heading -> mark(heading, LineShape.HEADING, shapes);
                case FencedCodeBlock code -> mark(code, LineShape.CODE, shapes);
                case IndentedCodeBlock code -> mark(code, LineShape.CODE, shapes);
                case TableBlock table -> mark(table, LineShape.TABLE, shapes);
                case HtmlBlock html ->
                    mark(html, HtmlTables.holds(html.getLiteral()) ? LineShape.TABLE : LineShape.MARKUP, shapes);
                case ThematicBreak rule -> mark(rule, LineShape.MARKUP, shapes);
                case org.commonmark.node.Paragraph text -> {}
                default -> shape(child, shapes);
            }
        }
    }

    private static void mark(Node node, LineShape shape, LineShape[] shapes) {
        for (var span : node.getSourceSpans()) {
            int line = span.getLineIndex();
            if (shapes[line] == LineShape.TEXT) shapes[line] = shape;
        }
    }

    private Section tree(Node document) {
        var open = new ArrayDeque<Growing>();
        open.push(new Growing(0, Phrase.EMPTY, span(1, 1)));
        for (var node = document.getFirstChild(); node != null; node = node.getNext()) {
            var at = spanOf(node, open.element().headingAt);
            if (node instanceof Heading heading) {
                while (open.element().level >= heading.getLevel()) closeTop(open);
                open.push(new Growing(heading.getLevel(), PhraseReader.phrase(heading, at), at));
            } else {
                open.element().blocks.add(block(node, at));
                open.element().blocks.addAll(behind(node, at));
            }
        }
        while (open.size() > 1) closeTop(open);
        return open.element().section();
    }

    private static void closeTop(Deque<Growing> open) {
        var section = open.pop().section();
        open.element().sections.add(section);
    }

    private Block block(Node node, SourceSpan at) {
        Effort.step();
        return switch (node) {
            case ListBlock list -> list(list, at);
            case BlockQuote quote -> new Block.Quote(blocks(quote.getFirstChild(), at), at);
            case FencedCodeBlock code ->
                new Block.Code(Objects.requireNonNullElse(code.getInfo(), ""), code.getLiteral(), at);
            case IndentedCodeBlock code -> new Block.Code("", code.getLiteral(), at);
            case TableBlock table -> table(table, at);
            case HtmlBlock html when HtmlTables.holds(html.getLiteral()) -> HtmlTables.read(html.getLiteral(), at);
            case org.commonmark.node.Paragraph text -> new Block.Paragraph(PhraseReader.lines(text, at), at);
            case Heading text -> new Block.Paragraph(PhraseReader.lines(text, at), at);
            default -> new Block.Other(at);
        };
    }

    private List<Block> blocks(Node first, SourceSpan around) {
        var blocks = new ArrayList<Block>();
        for (var node = first; node != null; node = node.getNext()) {
            if (node instanceof TaskListItemMarker) continue;
            var at = spanOf(node, around);
            blocks.add(block(node, at));
            blocks.addAll(behind(node, at));
        }
        return blocks;
    }

    /** What stands right below an HTML table, which for Markdown is part of it. */
    private List<Block> behind(Node node, SourceSpan at) {
        if (!(node instanceof HtmlBlock html) || !HtmlTables.holds(html.getLiteral())) return List.of();
        int end = HtmlTables.end(html.getLiteral());
        var rest = html.getLiteral().substring(end);
        if (rest.isBlank()) return List.of();
        int above = (int) html.getLiteral().substring(0, end).lines().count();
        var reader = new OutlineReader(path, lines, at.firstLine() + above - 1);
        return reader.blocks(parse(rest, path).getFirstChild(), at);
    }

    private Block list(ListBlock list, SourceSpan at) {
        var items = new ArrayList<Item>();
        boolean ordered = list instanceof OrderedList;
        Integer start = list instanceof OrderedList numbered ? numbered.getMarkerStartNumber() : null;
        int number = start == null ? 1 : start;
        for (var node = list.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof ListItem item) items.add(item(item, number++, spanOf(item, at)));
        }
        return new Block.Items(ordered, items, at);
    }

    private Item item(ListItem item, int number, SourceSpan at) {
        var box = Box.NONE;
        var blocks = new ArrayList<Block>();
        for (var block : blocks(item.getFirstChild(), at)) blocks.add(block);
        for (var node = item.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof TaskListItemMarker marker) box = marker.isChecked() ? Box.TICKED : Box.OPEN;
        }
        if (blocks.isEmpty() || !(blocks.getFirst() instanceof Block.Paragraph first))
            return new Item(number, box, Phrase.EMPTY, blocks, at);
        return new Item(number, box, first.joined(), blocks.subList(1, blocks.size()), at);
    }

    private Block table(TableBlock table, SourceSpan at) {
        var header = new ArrayList<String>();
        var rows = new ArrayList<Row>();
        for (var part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (var node = part.getFirstChild(); node != null; node = node.getNext()) {
                if (!(node instanceof TableRow)) continue;
                var cells = new ArrayList<Phrase>();
                for (var cell = node.getFirstChild(); cell != null; cell = cell.getNext())
                    cells.add(PhraseReader.phrase(cell, at));
                if (part instanceof TableBody) row(cells, spanOf(node, at), rows);
                else cells.forEach(cell -> header.add(cell.text().strip()));
            }
        }
        return new Block.Table(header, rows, at);
    }

    /** A row; one without text belongs to the one above it. */
    private void row(List<Phrase> cells, SourceSpan at, List<Row> rows) {
        boolean blank = cells.stream().allMatch(Phrase::isBlank);
        if (!blank) rows.add(new Row(cells, at));
        else if (!rows.isEmpty()) {
            var above = rows.removeLast();
            rows.add(new Row(above.cells(), span(above.at().firstLine(), at.lastLine())));
        }
    }

    private SourceSpan spanOf(Node node, SourceSpan otherwise) {
        var spans = node.getSourceSpans();
        if (spans.isEmpty()) return otherwise;
        return span(
                before + spans.getFirst().getLineIndex() + 1,
                before + spans.getLast().getLineIndex() + 1);
    }

    private SourceSpan span(int first, int last) {
        int begin = Math.clamp(first, 1, Math.max(1, lines));
        return new SourceSpan(path, begin, Math.clamp(last, begin, Math.max(begin, lines)));
    }

    /** A section that still takes blocks. */
    private static final class Growing {
        final int level;
        final Phrase heading;
        final SourceSpan headingAt;
        final List<Block> blocks = new ArrayList<>();
        final List<Section> sections = new ArrayList<>();

        Growing(int level, Phrase heading, SourceSpan headingAt) {
            this.level = level;
            this.heading = heading;
            this.headingAt = headingAt;
        }

        Section section() {
            return new Section(level, heading, headingAt, blocks, sections);
        }
    }
}
