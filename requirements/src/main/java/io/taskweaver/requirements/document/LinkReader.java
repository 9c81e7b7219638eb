package io.taskweaver.requirements.document;

import io.taskweaver.model.SourceSpan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;

/** Finds links within a document: "[see](#two-party-review)" leads to the heading "Two-party review". */
final class LinkReader extends AbstractVisitor {
    private static final Pattern ANCHOR =
            Pattern.compile("<a\\s[^<>]{0,200}?(?:id|name)\\s*=\\s*[\"']([^\"'<>]{1,200})[\"']");
    private static final Pattern BRACES = Pattern.compile("\\{#([^{}\\s]{1,200})}\\s*$");
    /** What a heading's name in links leaves out. */
    private static final Pattern DROPPED = Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]");

    private record Found(int line, String to) {}

    private record Target(int line, String title) {}

    private final String path;
    private final List<Found> found = new ArrayList<>();
    private final NavigableMap<String, Target> headings = new TreeMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    /** Names of anchors that the next heading has. */
    private final Set<String> anchors = new HashSet<>();

    private int line = 1;

    private LinkReader(String path) {
        this.path = path;
    }

    /** All links of a document to its own headings. */
    static List<Link> links(Node document, String text, String path) {
        if (!text.contains("#")) return List.of();
        var reader = new LinkReader(path);
        document.accept(reader);
        var links = new ArrayList<Link>();
        for (var each : reader.found)
            reader.target(each.to()).ifPresent(to -> links.add(new Link(each.line(), to.line(), to.title())));
        return links;
    }

    /** The heading of a name; "fr-2" also means the only one that begins with it. */
    private Optional<Target> target(String name) {
        var exact = headings.get(name);
        if (exact != null) return Optional.of(exact);
        var from = headings.ceilingEntry(name + "-");
        if (from == null || !from.getKey().startsWith(name + "-")) return Optional.empty();
        var next = headings.higherEntry(from.getKey());
        boolean isOnly = next == null || !next.getKey().startsWith(name + "-");
        return isOnly ? Optional.of(from.getValue()) : Optional.empty();
    }

    @Override
    public void visit(Heading heading) {
        begin(heading);
        visitChildren(heading);
        begin(heading);
        var text =
                PhraseReader.phrase(heading, new SourceSpan(path, line, line)).text();
        var braces = BRACES.matcher(text);
        if (braces.find()) {
            anchors.add(braces.group(1));
            text = text.substring(0, braces.start()).strip();
        }
        var target = new Target(line, text);
        var name = name(text);
        int before = counts.merge(name, 1, Integer::sum) - 1;
        headings.putIfAbsent(before == 0 ? name : name + "-" + before, target);
        for (var anchor : anchors) headings.putIfAbsent(lower(anchor), target);
        anchors.clear();
    }

    /** A heading as links name it. */
    private static String name(String heading) {
        return lower(DROPPED.matcher(heading.strip()).replaceAll("").replace(' ', '-'));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void visit(org.commonmark.node.Link link) {
        var to = link.getDestination();
        if (to.length() > 1 && to.charAt(0) == '#') found.add(new Found(line, lower(decoded(to.substring(1)))));
        visitChildren(link);
    }

    /** With the bytes that percent codes name (RFC 3986); a percent sign that begins no code stays. */
    private static String decoded(String name) {
        if (name.indexOf('%') < 0) return name;
        var bytes = new ByteArrayOutputStream();
        var written = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < written.length; i++) {
            int high = written[i] == '%' && i + 2 < written.length ? Character.digit(written[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(written[i + 2], 16);
            bytes.write(low < 0 ? written[i] : 16 * high + low);
            if (low >= 0) i += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void visit(HtmlInline html) {
        anchor(html.getLiteral());
    }

    @Override
    public void visit(HtmlBlock html) {
        anchor(html.getLiteral());
    }

    private void anchor(String html) {
        var anchor = ANCHOR.matcher(html);
        while (anchor.find()) anchors.add(anchor.group(1));
    }

    @Override
    public void visit(SoftLineBreak end) {
        line++;
    }

    @Override
    public void visit(HardLineBreak end) {
        line++;
    }

    @Override
    public void visit(Paragraph paragraph) {
        begin(paragraph);
        visitChildren(paragraph);
    }

    @Override
    public void visit(CustomBlock block) {
        begin(block);
        visitChildren(block);
    }

    /** Rows of tables. */
    @Override
    public void visit(CustomNode node) {
        begin(node);
        visitChildren(node);
    }

    private void begin(Node node) {
        var spans = node.getSourceSpans();
        if (!spans.isEmpty()) line = spans.getFirst().getLineIndex() + 1;
    }
}
