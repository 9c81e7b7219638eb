package io.taskweaver.cli.progress;

import java.util.regex.Pattern;

/** Texts for a terminal, measured in its columns. */
public final class Columns {
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;:]*m");
    private static final int PICTURES = 0x2400;
    private static final int PICTURE_OF_DELETE = 0x2421;
    private static final int REPLACEMENT = 0xFFFD;

    private Columns() {}

    /** A text cut or padded to a width; what a terminal would obey is taken out. */
    static String fit(String text, int width) {
        var cut = cut(text, width);
        return cut + " ".repeat(Math.max(0, width - width(cut)));
    }

    /** A text cut to a width, with an ellipsis where something is missing. */
    static String cut(String text, int width) {
        var clean = clean(text);
        if (width(clean) <= width) return clean;
        var cut = new StringBuilder();
        int used = 0;
        for (int at = 0; at < clean.length(); ) {
            int point = clean.codePointAt(at);
            int columns = columns(point);
            if (used + columns > width - 1) break;
            cut.appendCodePoint(point);
            used += columns;
            at += Character.charCount(point);
        }
        return width < 1 ? "" : cut.append('…').toString();
    }

    /** A text in one line, without control characters: a terminal must not interpret texts of documents, agents and others. */
    public static String clean(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? ' ' : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /**
     * A text that a program printed, with its lines. Colours are taken out; whatever else a terminal would obey is made
     * visible, as pictures of control characters.
     */
    public static String printed(String text) {
        var shown = new StringBuilder(text.length());
        COLOUR.matcher(text.replace("\r\n", "\n"))
                .replaceAll("")
                .codePoints()
                .map(Columns::visible)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static int visible(int point) {
        if (point == '\n' || point == '\t') return point;
        if (point == '\r') return '\n'; // A program that rewrites its line: one state a line.
        if (point < ' ') return PICTURES + point;
        if (point == 0x7F) return PICTURE_OF_DELETE;
        return Character.isISOControl(point) || Character.getType(point) == Character.FORMAT ? REPLACEMENT : point;
    }

    static int width(String text) {
        return text.codePoints().map(Columns::columns).sum();
    }

    /** Columns of a character: none for marks that join, two for East Asian and pictures, else one. */
    private static int columns(int point) {
        if (point < 0x300) return 1;
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) return 0;
        boolean wide = (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0xA4CF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0xFFE0 && point <= 0xFFE6)
                || (point >= 0x1F300 && point <= 0x1FAFF)
                || (point >= 0x20000 && point <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
