package io.taskweaver.requirements.document;

/**
 * Text of a block without its markup; code spans keep their backticks, links their words only.
 *
 * @param text all of it, without text that was struck through
 * @param lead how much of the beginning is bold: a prefix of the text, or empty
 * @param struck whether there was text and all of it was struck through
 */
public record Phrase(String text, String lead, boolean struck) {
    public static final Phrase EMPTY = new Phrase("", "", false);

    public Phrase {
        if (!text.startsWith(lead)) throw new IllegalArgumentException("the lead is no beginning of the text");
    }

    /** A phrase without markup. */
    public static Phrase plain(String text) {
        return new Phrase(text, "", false);
    }

    public boolean isBlank() {
        return text.isBlank();
    }

    /** Whether all of it is bold. */
    public boolean isBold() {
        return !lead.isBlank() && text.substring(lead.length()).isBlank();
    }

    /** What stands before the first colon of a bold beginning or of the text, if that is short; else empty. */
    public String label() {
        var bold = lead.strip();
        if (!bold.isEmpty()) {
            var rest = text.substring(lead.length()).stripLeading();
            boolean closed = isColon(bold, bold.length() - 1) || isColon(rest, 0);
            if (closed) return withoutColon(bold);
        }
        int colon = 0;
        while (colon < text.length() && !isColon(text, colon)) colon++;
        // Scripts with wide colons have no blanks behind them.
        boolean isEnd = colon + 1 >= text.length() || text.charAt(colon) != ':' || text.charAt(colon + 1) == ' ';
        boolean isLabel = colon > 0 && colon < text.length() && colon <= 60 && isEnd;
        return isLabel ? text.substring(0, colon).strip() : "";
    }

    /** What stands after the label; the whole text if there is none. */
    public String afterLabel() {
        var label = label();
        if (label.isEmpty()) return text;
        int from = text.indexOf(label) + label.length();
        while (from < text.length() && (isColon(text, from) || Character.isWhitespace(text.charAt(from)))) from++;
        return text.substring(from);
    }

    private static boolean isColon(String text, int at) {
        return at >= 0 && at < text.length() && (text.charAt(at) == ':' || text.charAt(at) == '：');
    }

    private static String withoutColon(String text) {
        int to = text.length();
        while (to > 0 && (isColon(text, to - 1) || text.charAt(to - 1) == ' ')) to--;
        return text.substring(0, to);
    }
}
