package io.taskweaver.requirements.document;

import io.taskweaver.requirements.text.Words;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites lines that people write and CommonMark reads otherwise than they meant, each in place, so that line numbers
 * stay: fences that are never closed, boxes without a blank, bullets without one, headings without one or with more than six marks, table rows that
 * begin with two bars, tables that are drawn, front matter, and tags on a line of their own that would make the following Markdown raw HTML.
 * What stands between {@code <instruction>} or {@code <example>} tags is guidance to the writer and is blanked.
 */
final class MarkdownRepair {
    private static final Set<String> GUIDANCE = Set.of("instruction", "instructions", "example", "examples");
    private static final Set<String> HTML = Words.set("""
        table thead tbody tfoot tr td th div p pre script style textarea ul ol li dl dt dd h1 h2 h3 h4 h5 h6
        blockquote form iframe html head body svg figure center br hr img
        """);

    private static final char ASCII = 127;
    private static final Pattern ASCII_ITEM = Pattern.compile("^[0-9]+[.)]");
    private static final Pattern DEFINITION = Pattern.compile("^ {0,3}:\\s+(?=\\S)");
    private static final Pattern TERM = Pattern.compile("^[\\p{L}\\p{N}*_`][^|]*$");
    private static final int LONGEST_TERM = 60;
    /** "1、", "１．", "١. ", "①": numbers of lists that Markdown does not know. */
    private static final Pattern COUNTED =
            Pattern.compile("^(?:(\\p{Nd}{1,4})(?:[、．）]\\s*|[.)]\\s+)|([①-⑳])\\s*)(?=\\S)");

    private static final Pattern TABLE_END = Pattern.compile("(?i)</table");
    private static final int LONGEST_TAG = 60;

    /** The repaired lines, as many as before. */
    final String[] lines;
    /** What the lines look like as far as that is known before they are parsed. */
    final LineShape[] shapes;

    /** What a reader should know about it. */
    final List<FenceRepair.Found> found = new ArrayList<>();

    private String fence = "";
    private int headerCells;
    private Optional<String> title = Optional.empty();

    private MarkdownRepair(String[] lines) {
        this.lines = lines;
        this.shapes = new LineShape[lines.length];
        for (int i = 0; i < lines.length; i++) shapes[i] = lines[i].isBlank() ? LineShape.BLANK : LineShape.TEXT;
    }

    /** Repairs a text. */
    static MarkdownRepair of(String text) {
        var content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var repair = new MarkdownRepair(Lines.of(content));
        repair.blankFrontMatter();
        IndentRepair.repair(repair.lines).ifPresent(repair.found::add);
        repair.found.addAll(FenceRepair.repair(repair.lines));
        CommentRepair.repair(repair.lines);
        TextTables.repair(repair.lines);
        TabTables.repair(repair.lines);
        repair.blankGuidance();
        repair.closeTables();
        repair.listDefinitions();
        for (int i = 0; i < repair.lines.length; i++) repair.line(i);
        return repair;
    }

    /** What the front matter calls the document. */
    Optional<String> title() {
        return title;
    }

    private void blankFrontMatter() {
        if (!lines[0].stripTrailing().equals("---")) return;
        boolean hasKey = false;
        for (int i = 1; i < Math.min(lines.length, 200); i++) {
            var line = lines[i].stripTrailing();
            if (line.equals("---") || line.equals("...")) {
                if (hasKey) frontMatter(i);
                return;
            }
            boolean isKey = !line.isEmpty() && Character.isLetter(line.charAt(0)) && line.indexOf(':') > 0;
            boolean continues = line.isBlank() || line.startsWith(" ") || line.startsWith("-") || line.startsWith("#");
            if (!isKey && !continues) return;
            hasKey |= isKey;
        }
    }

    private void frontMatter(int last) {
        for (int i = 0; i <= last; i++) {
            if (title.isEmpty() && lines[i].startsWith("title:")) title = unquoted(lines[i].substring(6));
            blank(i, LineShape.FRONT_MATTER);
        }
    }

    private static Optional<String> unquoted(String value) {
        var text = value.strip();
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.charAt(text.length() - 1) == text.charAt(0);
        return Optional.of(quoted ? text.substring(1, text.length() - 1).strip() : text)
                .filter(name -> !name.isEmpty());
    }

    private void blank(int index, LineShape shape) {
        if (shapes[index] == LineShape.TEXT) shapes[index] = shape;
        lines[index] = "";
    }

    private void blankGuidance() {
        var closing = closing();
        for (int i = 0; i < lines.length; i++) {
            if (inFence(lines[i])) continue;
            var tag = tagOf(lines[i]);
            if (!GUIDANCE.contains(tag)) continue;
            int end = closing.getOrDefault(i, i);
            for (int j = i; j <= end; j++) blank(j, LineShape.GUIDANCE);
            i = end;
        }
        fence = "";
    }

    /** Blank lines would end a raw HTML table before its end: each becomes an empty comment. */
    private void closeTables() {
        for (int i = 0; i < lines.length; i++) {
            if (inFence(lines[i]) || !startsWithTable(lines[i])) continue;
            int end = i;
            while (end < lines.length && !TABLE_END.matcher(lines[end]).find()) end++;
            if (end == lines.length) break;
            for (int j = i; j < end; j++) if (lines[j].isBlank()) lines[j] = "<!---->";
            i = end;
        }
        fence = "";
    }

    /** A term and what is said of it, behind a colon on the next line, become an item. */
    private void listDefinitions() {
        for (int i = 1; i < lines.length; i++) {
            if (inFence(lines[i]) || !DEFINITION.matcher(lines[i]).find()) continue;
            var term = lines[i - 1].strip();
            boolean isTerm = TERM.matcher(lines[i - 1]).matches() && term.length() <= LONGEST_TERM;
            if (isTerm) lines[i - 1] = "- " + term + (term.endsWith(":") ? "" : ":");
            if (isTerm || lines[i - 1].startsWith("  "))
                lines[i] = "  " + DEFINITION.matcher(lines[i]).replaceFirst("");
        }
        fence = "";
    }

    private static boolean startsWithTable(String line) {
        return line.stripLeading().regionMatches(true, 0, "<table", 0, 6);
    }

    /** For each line with a tag of guidance that is closed, the line that closes it. */
    private Map<Integer, Integer> closing() {
        var closing = new HashMap<Integer, Integer>();
        var open = new HashMap<String, Deque<Integer>>();
        for (int i = 0; i < lines.length; i++) {
            var tag = tagOf(lines[i]);
            if (GUIDANCE.contains(tag))
                open.computeIfAbsent(tag, key -> new ArrayDeque<>()).push(i);
            else if (tag.startsWith("/")) {
                var opened =
                        open.getOrDefault(tag.substring(1), new ArrayDeque<>()).poll();
                if (opened != null) closing.put(opened, i);
            }
        }
        return closing;
    }

    private void line(int index) {
        var line = lines[index];
        if (inFence(line)) {
            headerCells = 0;
            return;
        }
        int indent = indentOf(line);
        var body = line.substring(indent);
        if (body.isEmpty()) {
            headerCells = 0;
            return;
        }
        var tag = tagOf(line);
        if (!tag.isEmpty() && !HTML.contains(tag.startsWith("/") ? tag.substring(1) : tag))
            blank(index, LineShape.MARKUP);
        else if (body.charAt(0) == '#') lines[index] = line.substring(0, indent) + heading(body);
        else if (body.charAt(0) == '|') lines[index] = line.substring(0, indent) + row(body);
        else lines[index] = line.substring(0, indent) + bullet(body, index);
        if (body.charAt(0) != '|') headerCells = 0;
    }

    private boolean inFence(String line) {
        var body = line.strip();
        var mark = fenceOf(body);
        if (!fence.isEmpty()) {
            boolean closes = mark.startsWith(fence) && body.length() == mark.length();
            if (closes) fence = "";
            return true;
        }
        if (mark.isEmpty() || (mark.charAt(0) == '`' && body.indexOf('`', mark.length()) >= 0)) return false;
        fence = mark;
        return true;
    }

    private static String fenceOf(String body) {
        if (body.isEmpty() || (body.charAt(0) != '`' && body.charAt(0) != '~')) return "";
        int length = runOf(body, body.charAt(0), 0);
        return length < 3 ? "" : body.substring(0, length);
    }

    private static String heading(String body) {
        int marks = runOf(body, '#', 0);
        if (marks == body.length()) return body;
        var rest = body.substring(marks);
        if (marks > 6) return "# " + rest.strip();
        boolean glued = Character.isUpperCase(rest.charAt(0));
        return glued ? body.substring(0, marks) + " " + rest : body;
    }

    private String row(String body) {
        int cells = cellsOf(body);
        boolean doubled = body.startsWith("||");
        if (headerCells == 0) {
            var repaired = doubled ? single(body) : body;
            headerCells = cellsOf(repaired);
            return repaired;
        }
        return doubled && cells > headerCells ? single(body) : body;
    }

    /** A row with one bar at its beginning and end in place of two. */
    private static String single(String row) {
        var body = row.stripTrailing();
        int end = body.endsWith("||") && body.length() > 3 ? body.length() - 1 : body.length();
        return body.substring(1, end);
    }

    private static int cellsOf(String row) {
        int bars = 0;
        for (int i = 0; i < row.length(); i++)
            if (row.charAt(i) == '|' && (i == 0 || row.charAt(i - 1) != '\\')) bars++;
        return row.stripTrailing().endsWith("|") ? bars - 1 : bars;
    }

    private static int number(Matcher counted) {
        if (counted.group(2) != null) return counted.group(2).charAt(0) - '①' + 1;
        int number = 0;
        for (int i = 0; i < counted.group(1).length(); i++)
            number = 10 * number + Character.digit(counted.group(1).charAt(i), 10);
        return number;
    }

    private String bullet(String body, int index) {
        char first = body.charAt(0);
        if (first == '•' || first == '◦' || first == '▪' || first == '‣' || first == '●' || first == '・')
            return "- " + box(body.substring(1).stripLeading());
        if (first == '-' || first == '*' || first == '+') {
            if (body.length() == 1) return body;
            char second = body.charAt(1);
            if (second == ' ' || second == '\t') return first + " " + spaced(body.substring(1));
            boolean boxed = second == '[' && isBoxed(box(body.substring(1)));
            if (boxed) return first + " " + box(body.substring(1));
            boolean glued =
                    first == '-' && (Character.isUpperCase(second) || (Character.isLetter(second) && inList(index)));
            return glued ? "- " + body.substring(1) : body;
        }
        if (first > ASCII || (Character.isDigit(first) && body.length() > 1)) {
            var counted = COUNTED.matcher(body);
            if (counted.find() && !ASCII_ITEM.matcher(body).find())
                return number(counted) + ". " + body.substring(counted.end());
        }
        int digits = 0;
        while (digits < body.length() && Character.isDigit(body.charAt(digits))) digits++;
        // "4b. " is an item between 4 and 5.
        boolean lettered = digits > 0
                && digits < 4
                && digits + 2 < body.length()
                && body.charAt(digits) >= 'a'
                && body.charAt(digits) <= 'z'
                && (body.charAt(digits + 1) == '.' || body.charAt(digits + 1) == ')')
                && body.charAt(digits + 2) == ' ';
        if (lettered) return body.substring(0, digits) + body.substring(digits + 1);
        boolean numbered = digits > 0
                && digits < 10
                && digits + 1 < body.length()
                && (body.charAt(digits) == '.' || body.charAt(digits) == ')')
                && body.charAt(digits + 1) == ' ';
        return numbered
                ? body.substring(0, digits + 2)
                        + spaced(body.substring(digits + 1)).stripLeading()
                : body;
    }

    /** Whether the line before is blank or a bullet too. */
    private boolean inList(int index) {
        if (index == 0) return true;
        var before = lines[index - 1].strip();
        return before.isEmpty() || before.startsWith("- ");
    }

    /** The text after a bullet, its box put right; blanks before it stay unless there is a box. */
    private static String spaced(String afterBullet) {
        var content = afterBullet.stripLeading();
        var boxed = box(content);
        return boxed.equals(content) ? afterBullet.substring(1) : boxed;
    }

    /** A box at the beginning as GFM wants it: {@code []}, {@code [ x]}, {@code [X]text}, {@code [ ]* text}. */
    private static String box(String content) {
        if (!content.startsWith("[")) return content;
        int close = content.indexOf(']');
        if (close < 0 || close > 4) return content;
        var mark = content.substring(1, close).strip().toLowerCase(Locale.ROOT);
        var rest = content.substring(close + 1);
        boolean isLink = rest.startsWith("(") || rest.startsWith("[") || rest.startsWith(":");
        boolean known = mark.isEmpty()
                || mark.equals("x")
                || mark.equals("✓")
                || mark.equals("-")
                || mark.equals("~")
                || mark.equals("/");
        if (isLink || !known || rest.isBlank()) return content;
        if (rest.startsWith("* ")) rest = rest.substring(1);
        boolean ticked = mark.equals("x") || mark.equals("✓");
        return (ticked ? "[x] " : "[ ] ") + rest.stripLeading();
    }

    private static boolean isBoxed(String content) {
        return content.startsWith("[ ] ") || content.startsWith("[x] ");
    }

    /** Name of a tag that is alone on its line, with '/' before it if it closes; empty if there is none. */
    private static String tagOf(String line) {
        var body = line.strip();
        if (body.length() < 3 || body.charAt(0) != '<' || body.charAt(body.length() - 1) != '>') return "";
        if (body.indexOf('>') != body.length() - 1) return "";
        int from = body.charAt(1) == '/' ? 2 : 1;
        int to = from;
        while (to < body.length() - 1 && isNameChar(body.charAt(to))) to++;
        boolean named = to > from && to - from <= LONGEST_TAG && Character.isLetter(body.charAt(from));
        boolean ends = to == body.length() - 1 || Character.isWhitespace(body.charAt(to)) || body.charAt(to) == '/';
        return named && ends ? body.substring(1, to).toLowerCase(Locale.ROOT) : "";
    }

    private static boolean isNameChar(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    private static int indentOf(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) i++;
        return i;
    }

    private static int runOf(String text, char c, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == c) i++;
        return i - from;
    }
}
