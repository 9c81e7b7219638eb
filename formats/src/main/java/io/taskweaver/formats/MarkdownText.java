package io.taskweaver.formats;

import java.util.regex.Pattern;

/** Text as Markdown that shows it as it is. */
final class MarkdownText {
    private static final String SPECIAL = "\\`*[]<>&#|~";
    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\\n]+)`(?!`)");
    /** What would begin a list, a rule or an underlined heading. */
    private static final Pattern BEGINNING = Pattern.compile("^(?:([0-9]{1,9})([.)])|([-+=]))");

    private MarkdownText() {}

    /** One line in which nothing is markup but code spans. */
    static String line(String text) {
        var plain = text.replaceAll("\\s+", " ").strip();
        var out = new StringBuilder();
        var code = CODE.matcher(plain);
        int from = 0;
        while (code.find()) {
            escape(plain, from, code.start(), out);
            out.append(code.group());
            from = code.end();
        }
        escape(plain, from, plain.length(), out);
        var beginning = BEGINNING.matcher(out);
        if (!beginning.find()) return out.toString();
        int mark = beginning.group(3) == null ? beginning.start(2) : beginning.start(3);
        return out.insert(mark, '\\').toString();
    }

    private static void escape(String text, int from, int to, StringBuilder out) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean inWord = i > 0
                    && i + 1 < text.length()
                    && Character.isLetterOrDigit(text.charAt(i - 1))
                    && Character.isLetterOrDigit(text.charAt(i + 1));
            if (SPECIAL.indexOf(c) >= 0 || (c == '_' && !inWord)) out.append('\\');
            out.append(c);
        }
    }
}
