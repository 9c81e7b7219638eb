package io.taskweaver.reports.picture;

/** User text for each language, so that no text can end what it stands in. */
final class Escape {
    private Escape() {}

    /** Text or attribute of XML and HTML alike; what XML 1.0 does not allow becomes U+FFFD. */
    static String xml(String text) {
        var out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\r' -> out.append(' ');
                default -> out.appendCodePoint(isXml(point) ? point : 0xFFFD);
            }
        });
        return out.toString();
    }

    private static boolean isXml(int point) {
        return point == '\t'
                || point == '\n'
                || (point >= 0x20 && point < 0x7f)
                || (point >= 0xa0 && point <= 0xd7ff)
                || (point >= 0xe000 && point <= 0xfffd)
                || point >= 0x10000;
    }

    /** Inside a quoted string of DOT; line breaks are kept as such. */
    static String dot(String text) {
        return plain(text, true).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Inside a quoted label of Mermaid, which knows entity codes: {@code #35;} is '#'. */
    static String mermaid(String text) {
        var out = new StringBuilder();
        plain(text, false).codePoints().forEach(point -> {
            switch (point) {
                case '"' -> out.append("#quot;");
                case '<' -> out.append("#lt;");
                case '>' -> out.append("#gt;");
                case '#' -> out.append("#35;");
                case '&' -> out.append("#amp;");
                case '\\' -> out.append("#92;");
                case '`' -> out.append("#96;");
                case ';' -> out.append("#59;");
                default -> out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    /** Without control characters and lone surrogates. */
    private static String plain(String text, boolean lines) {
        var out = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (lines && point == '\n') out.append('\n');
            else if (point == '\t' || point == '\n' || point == '\r') out.append(' ');
            else out.appendCodePoint(isXml(point) ? point : 0xFFFD);
        });
        return out.toString();
    }
}
