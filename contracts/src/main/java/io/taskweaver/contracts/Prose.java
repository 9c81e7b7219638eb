package io.taskweaver.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text of a document, made safe for the places where a contract quotes it. */
final class Prose {
    private static final int WIDTH = 100;
    private static final char REPLACEMENT = '\uFFFD';

    private Prose() {}

    /** The paragraphs of a text, each on one line; none is blank. */
    static List<String> paragraphs(String text) {
        return text.lines().collect(ArrayList<StringBuilder>::new, Prose::append, ArrayList::addAll).stream()
                .map(paragraph -> line(paragraph.toString()))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The text on one line: white space and controls become single spaces, what has no UTF-8 form is replaced. */
    static String line(String text) {
        var line = new StringBuilder();
        text.codePoints().filter(c -> !directs(c)).forEach(c -> {
            if (!isBlank(c)) line.appendCodePoint(isEncodable(c) ? c : REPLACEMENT);
            else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') line.append(' ');
        });
        return line.toString().strip();
    }

    /** Paragraphs as the main description of a Javadoc comment. */
    static String javadoc(List<String> paragraphs) {
        return paragraphs.stream().map(Prose::escaped).map(Prose::wrapped).collect(Collectors.joining("\n\n<p>"));
    }

    /** The text without anything that means something in Javadoc, HTML or Java's lexical grammar. */
    static String escaped(String line) {
        var html = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '@' -> html.append("&#64;");
                case '{' -> html.append("&#123;");
                case '}' -> html.append("&#125;");
                case '\\' -> html.append("&#92;");
                case '/' -> html.append(i > 0 && line.charAt(i - 1) == '*' ? "&#47;" : "/");
                default -> html.append(c);
            }
        }
        return html.toString();
    }

    /** The text as a JSON string, quotes included; it is a double-quoted YAML scalar as well. */
    static String quoted(String line) {
        var json = new StringBuilder("\"");
        line.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> {
                    if (isPrintable(c)) json.appendCodePoint(c);
                    else for (char unit : Character.toChars(c)) json.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return json.append('"').toString();
    }

    private static void append(List<StringBuilder> paragraphs, String line) {
        if (paragraphs.isEmpty() || line.isBlank()) paragraphs.add(new StringBuilder());
        paragraphs.getLast().append(line).append(' ');
    }

    private static String wrapped(String text) {
        var wrapped = new StringBuilder();
        int column = 0;
        for (var word : text.split(" ")) {
            if (column > 0) {
                boolean full = column + 1 + word.length() > WIDTH;
                wrapped.append(full ? '\n' : ' ');
                column = full ? 0 : column + 1;
            }
            wrapped.append(word);
            column += word.length();
        }
        return wrapped.toString();
    }

    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.CONTROL;
    }

    /** Whether it turns the direction of what follows: invisible, and able to make code look like other code. */
    private static boolean directs(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == 0xFEFF;
    }

    private static boolean isEncodable(int codePoint) {
        return Character.getType(codePoint) != Character.SURROGATE && (codePoint & 0xFFFE) != 0xFFFE;
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
