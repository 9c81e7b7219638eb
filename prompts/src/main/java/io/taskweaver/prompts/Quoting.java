package io.taskweaver.prompts;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes texts of users safe to stand in a prompt: none of their lines begins where lines of the prompt do. */
final class Quoting {
    /** All that some reader takes for the end of a line. */
    private static final Pattern LINE_BREAK = Pattern.compile("\\R|\\u001c|\\u001d|\\u001e");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u0085\\u2028\\u2029\\u001c-\\u001e]+");

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");

    private Quoting() {}

    /** The text on one line. */
    static String oneLine(String text) {
        return isPlain(text)
                ? text
                : BLANKS.matcher(text.strip()).replaceAll(" ").strip();
    }

    /** The text as a quotation, each line after {@code >}. */
    static String quoted(String text) {
        return LINE_BREAK
                .splitAsStream(text.strip())
                .map(line -> ("> " + line).stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    /** The text as an item of a list: its lines after the first are indented. */
    static String item(String text) {
        return isPlain(text) ? text : LINE_BREAK.splitAsStream(text.strip()).collect(Collectors.joining("\n    "));
    }

    /** A path as it is, but for what may not stand in a path: line breaks and controls. */
    static String withoutControls(String path) {
        return CONTROLS.matcher(path).replaceAll("?");
    }

    /** A name that stands between backticks. */
    static String name(String text) {
        return oneLine(text).replace('`', '\'');
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty()) return true;
        if (text.charAt(0) <= ' ' || text.charAt(text.length() - 1) <= ' ') return false;
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x85 || c == 0x2028 || c == 0x2029) return false;
            if (c == ' ' && blank) return false;
            blank = c == ' ';
        }
        return true;
    }
}
