package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Finds the boxed items, and the headings that are tasks, of a Markdown document. Code fences hold none. */
final class MarkdownReader {
    /** What a document of ours says in a comment: tasks without a stated dependency have none. */
    static final String COMPLETE = "taskweaver: dependencies are complete";

    /** What may stand in a box: a blank, an x, or a sign; letters and digits are links and references. */
    static final String MARK = "[xX[^\\p{L}\\p{N}_\\[\\]()\\n]]";

    private static final int MOST_NESTED = 60;
    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS)
            .maxOpenBlockParsers(MOST_NESTED)
            .maxInlineNesting(MOST_NESTED)
            .build();
    private static final Pattern BOX =
            Pattern.compile("\\[(" + MARK + "?)\\](?:\\s+|(?=[^\\s(\\[])|$)", Pattern.DOTALL);
    /** People forget the blank between bullet and box. */
    private static final Pattern GLUED = Pattern.compile("(?m)^(\\s*[-*+])(?=\\[" + MARK + "?\\])");

    private final String path;
    private final String[] lines;
    private final Predicate<String> isTask;
    private final List<MarkdownItem> items = new ArrayList<>();
    private String title = "";
    private String section = "";

    private MarkdownReader(Document document, Predicate<String> isTask) {
        this.path = document.path();
        this.lines = GLUED.matcher(document.content().replace("\r\n", "\n").replace('\r', '\n'))
                .replaceAll("$1 ")
                .split("\n", -1);
        this.isTask = isTask;
    }

    /**
     * A document's tasks.
     *
     * @param title its first heading of the first level
     */
    record Found(String title, List<MarkdownItem> items) {
        Found {
            items = List.copyOf(items);
        }
    }

    /**
     * Reads a document.
     *
     * @param isTask whether a heading is a task rather than a section
     */
    static Found read(Document document, Predicate<String> isTask) {
        var reader = new MarkdownReader(document, isTask);
        reader.blocks(PARSER.parse(String.join("\n", reader.lines)));
        return new Found(reader.title, reader.items);
    }

    private void blocks(Node document) {
        for (var node = document.getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Heading heading -> heading(heading);
                case ListBlock list -> list(list, Optional.empty());
                default -> {}
            }
        }
    }

    private void heading(Heading heading) {
        var text = inline(heading).text();
        var boxed = BOX.matcher(text);
        var plain = boxed.lookingAt() ? text.substring(boxed.end()) : text;
        if (isTask.test(plain)) {
            var below = new Below();
            for (var node = heading.getNext(); node != null && !(node instanceof Heading); node = node.getNext())
                below.add(node);
            items.add(new MarkdownItem(
                    boxed.lookingAt() ? nonEmpty(boxed.group(1)) : "",
                    plain,
                    inline(heading).comment(),
                    section,
                    Optional.empty(),
                    below.notes,
                    below.details(),
                    at(heading)));
        } else if (heading.getLevel() == 1 && title.isEmpty()) title = text;
        else section = text;
    }

    private void list(ListBlock list, Optional<Integer> parent) {
        for (var node = list.getFirstChild(); node != null; node = node.getNext())
            if (node instanceof ListItem item) item(item, parent);
    }

    private void item(ListItem item, Optional<Integer> parent) {
        var found = boxed(item);
        if (found.isEmpty()) {
            group(item, parent);
            return;
        }
        int index = items.size();
        var inline = found.get();
        var match = BOX.matcher(inline.text());
        boolean isBoxed = match.lookingAt();
        var below = new Below();
        var first = item.getFirstChild();
        for (var node = first == null ? null : first.getNext(); node != null; node = node.getNext()) below.add(node);
        items.add(new MarkdownItem(
                isBoxed ? nonEmpty(match.group(1)) : " ",
                isBoxed ? inline.text().substring(match.end()) : inline.text(),
                inline.comment(),
                section,
                parent,
                below.notes,
                below.details(),
                at(item)));
        nested(item, Optional.of(index));
    }

    /** An item without a box is what the boxes below it stand under, as a heading is. */
    private void group(ListItem item, Optional<Integer> parent) {
        var outer = section;
        var first = item.getFirstChild();
        if (parent.isEmpty() && first instanceof Paragraph)
            section = inline(first).text();
        else if (parent.isEmpty() && first instanceof OrderedList)
            section = raw(first).strip();
        nested(item, parent);
        section = outer;
    }

    private void nested(ListItem item, Optional<Integer> parent) {
        for (var node = item.getFirstChild(); node != null; node = node.getNext())
            if (node instanceof ListBlock list) list(list, parent);
    }

    private static String nonEmpty(String box) {
        return box.isBlank() ? " " : box;
    }

    /** The first paragraph of an item that begins with a box. */
    private Optional<Inline> boxed(Node item) {
        if (!(item instanceof ListItem) || !(item.getFirstChild() instanceof Paragraph first)) return Optional.empty();
        if (!raw(first).startsWith("[")) return Optional.empty();
        var inline = inline(first);
        return BOX.matcher(inline.text()).lookingAt() ? Optional.of(inline) : Optional.empty();
    }

    /** A block's first line as it is written: there a box is no escaped bracket. */
    private String raw(Node block) {
        if (block.getSourceSpans().isEmpty()) return "";
        var span = block.getSourceSpans().getFirst();
        var line = lines[span.getLineIndex()];
        return line.substring(Math.min(span.getColumnIndex(), line.length()));
    }

    /** Text of a block without markup, and the comments in it. */
    private record Inline(String text, String comment) {}

    private static Inline inline(Node block) {
        var text = new StringBuilder();
        var comment = new StringBuilder();
        inline(block, text, comment);
        return new Inline(text.toString().strip(), comment.toString().strip());
    }

    private static void inline(Node parent, StringBuilder text, StringBuilder comment) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case Text literal -> text.append(literal.getLiteral());
                case Code code -> text.append('`').append(code.getLiteral()).append('`');
                case SoftLineBreak _, HardLineBreak _ -> text.append(' ');
                case HtmlInline html -> html(html.getLiteral(), text, comment);
                default -> inline(node, text, comment);
            }
        }
    }

    private static void html(String literal, StringBuilder text, StringBuilder comment) {
        boolean isComment = literal.startsWith("<!--") && literal.endsWith("-->") && literal.length() >= 7;
        if (isComment) comment.append(literal, 4, literal.length() - 3).append(' ');
        else text.append(literal);
    }

    private SourceSpan at(Node node) {
        var spans = node.getSourceSpans();
        int first = spans.isEmpty() ? 1 : spans.getFirst().getLineIndex() + 1;
        return new SourceSpan(path, first, first);
    }

    /** What stands below an item: notes, and the rest as it is written. Boxed items are left to themselves. */
    private final class Below {
        private final List<MarkdownItem.Note> notes = new ArrayList<>();
        private final StringBuilder details = new StringBuilder();

        void add(Node node) {
            switch (node) {
                case ListBlock list -> {
                    for (var item = list.getFirstChild(); item != null; item = item.getNext()) entry(item);
                }
                case Paragraph paragraph -> paragraph(paragraph, paragraph);
                case Block block -> raw(block);
                default -> {}
            }
        }

        private void entry(Node item) {
            if (boxed(item).isPresent()) return;
            if (item.getFirstChild() instanceof Paragraph paragraph) {
                paragraph(paragraph, item);
                for (var node = paragraph.getNext(); node != null; node = node.getNext())
                    if (node instanceof ListBlock nested && hasBoxes(nested)) add(nested);
            } else raw(item);
        }

        private boolean hasBoxes(ListBlock list) {
            for (var item = list.getFirstChild(); item != null; item = item.getNext())
                if (boxed(item).isPresent()) return true;
            return false;
        }

        private void paragraph(Paragraph paragraph, Node whole) {
            var label = label(paragraph);
            if (label.isPresent()) notes.add(label.get());
            else raw(whole);
        }

        /** What a paragraph that is emphasised as a whole, or begins with a bold label, says. */
        private Optional<MarkdownItem.Note> label(Paragraph paragraph) {
            var first = paragraph.getFirstChild();
            boolean whole = first instanceof Emphasis && first.getNext() == null;
            boolean bold = first instanceof StrongEmphasis;
            if (!whole && !bold) return Optional.empty();
            var text = inline(paragraph).text();
            int colon = text.indexOf(':') < 0 ? text.indexOf('：') : text.indexOf(':');
            if (colon <= 0) return Optional.empty();
            return Optional.of(new MarkdownItem.Note(
                    text.substring(0, colon).strip(), text.substring(colon + 1).strip(), whole, at(paragraph)));
        }

        private void raw(Node node) {
            for (var span : node.getSourceSpans()) {
                var line = lines[span.getLineIndex()];
                int from = Math.min(span.getColumnIndex(), line.length());
                details.append(line.substring(from).stripTrailing()).append('\n');
            }
        }

        String details() {
            return details.toString().strip();
        }
    }
}
