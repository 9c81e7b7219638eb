package io.taskweaver.requirements.document;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.LimitExceeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/** Takes the text out of inline nodes; walks without recursion, since emphasis can nest deeply. */
final class PhraseReader {
    /** Characters of a line; one of a requirement has a few hundred. */
    private static final int LONGEST_LINE = 10_000;

    private static final Set<String> FORMATTING =
            Set.of("b", "i", "u", "em", "strong", "br", "sub", "sup", "span", "small", "code", "kbd", "a", "p");

    private final SourceSpan at;
    private final List<Phrase> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int strong;
    private int struck;
    private int leadEnd;
    private boolean leading = true;
    private boolean hadStruck;

    private PhraseReader(SourceSpan at) {
        this.at = at;
    }

    /**
     * One phrase for each source line below the node.
     *
     * @param at where the node stands
     * @throws LimitExceeded if one is longer than anybody reads
     */
    static List<Phrase> lines(Node node, SourceSpan at) {
        var reader = new PhraseReader(at);
        reader.walk(node);
        reader.endLine();
        return reader.lines;
    }

    /**
     * All text below the node as one phrase.
     *
     * @param at where the node stands
     * @throws LimitExceeded if a line of it is longer than anybody reads
     */
    static Phrase phrase(Node node, SourceSpan at) {
        var lines = lines(node, at);
        var first = lines.getFirst();
        if (lines.size() == 1) return first;
        var all = new StringBuilder(first.text());
        for (var line : lines.subList(1, lines.size())) all.append(' ').append(line.text());
        return new Phrase(all.toString(), first.lead(), lines.stream().allMatch(Phrase::struck));
    }

    private void walk(Node top) {
        @Nullable Node node = top.getFirstChild();
        while (node != null) {
            enter(node);
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                continue;
            }
            leave(node);
            while (node != null && node.getNext() == null) {
                node = node.getParent();
                if (top.equals(node)) return;
                if (node != null) leave(node);
            }
            if (node != null) node = node.getNext();
        }
    }

    private void enter(Node node) {
        switch (node) {
            case StrongEmphasis bold -> strong++;
            case Strikethrough line -> struck++;
            case Text literal -> append(literal.getLiteral());
            case Code code -> append("`" + code.getLiteral() + "`");
            case HtmlInline html -> html(html.getLiteral());
            case SoftLineBreak _, HardLineBreak _ -> endLine();
            default -> {}
        }
    }

    private void leave(Node node) {
        if (node instanceof StrongEmphasis) strong--;
        else if (node instanceof Strikethrough) struck--;
    }

    private void html(String tag) {
        int from = tag.startsWith("</") ? 2 : 1;
        int to = from;
        while (to < tag.length() && Character.isLetterOrDigit(tag.charAt(to))) to++;
        var name = tag.substring(Math.min(from, tag.length()), to).toLowerCase(Locale.ROOT);
        if (name.equals("br")) append(" ");
        else if (!tag.startsWith("<!--") && !FORMATTING.contains(name)) append(tag);
    }

    private void append(String literal) {
        if (struck > 0) {
            hadStruck |= !literal.isBlank();
            return;
        }
        text.append(literal);
        if (strong > 0 && leading) leadEnd = text.length();
        // A mark such as a tick may stand before what is bold.
        else if (literal.codePoints().anyMatch(Character::isLetterOrDigit)) leading = false;
    }

    private void endLine() {
        var line = text.toString();
        int from = 0;
        while (from < line.length() && Character.isWhitespace(line.charAt(from))) from++;
        var trimmed = line.substring(from).stripTrailing();
        int lead = Math.clamp(leadEnd - from, 0, trimmed.length());
        int number = Math.min(at.firstLine() + lines.size(), at.lastLine());
        var read = read(Shortcodes.replaced(trimmed), new SourceSpan(at.path(), number, number));
        var bold = Repetitions.shortened(Shortcodes.replaced(trimmed.substring(0, lead)));
        lines.add(new Phrase(read, read.startsWith(bold) ? bold : "", read.isEmpty() && hadStruck));
        text.setLength(0);
        leadEnd = 0;
        leading = true;
        hadStruck = false;
    }

    /**
     * A line as it is read.
     *
     * @throws LimitExceeded if it is longer than anybody reads
     */
    static String read(String line, SourceSpan at) {
        var read = Repetitions.shortened(line);
        if (read.length() <= LONGEST_LINE) return read;
        throw new LimitExceeded(
                "line",
                LONGEST_LINE,
                String.format(Locale.ROOT, "A line of text has %,d characters", read.length()),
                "Break the line, or put code and data into a fenced code block.",
                at.path(),
                at.firstLine());
    }
}
