package io.taskweaver.requirements.document;

import io.taskweaver.model.Document;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Markup languages that are not read, and how to convert them. A document is one of them by the ending of its name, or if
 * its lines say so in more than one way: read as Markdown, its tables and sections would be lost without a word.
 */
public enum ForeignMarkup {
    ASCIIDOC(
            "AsciiDoc",
            "asciidoctor -b docbook -o - %1$s | pandoc -f docbook -t gfm -o %2$s.md",
            Set.of("adoc", "asciidoc", "asciidoctor"),
            List.of(
                    sure("={2,6}[ \\t]+\\S(?:.*[^=\\s])?\\s*"),
                    sure("\\|={3,}\\s*"),
                    sure("\\[(?:cols|options|source|horizontal|quote|NOTE|TIP|IMPORTANT|WARNING|%header)\\b.*\\]\\s*"),
                    sure("(?:include|image|ifdef|ifndef|endif)::\\S*\\[.*\\]\\s*"),
                    sure("\\[\\[[\\w.-]+\\]\\]\\s*"),
                    hint("=[ \\t]+\\S.*"),
                    hint(":[a-z][\\w-]*:(?:\\s.*)?"))),
    RESTRUCTURED_TEXT(
            "reStructuredText",
            "pandoc -f rst -t gfm -o %2$s.md %1$s",
            Set.of("rst", "rest"),
            List.of(
                    sure("\\.\\. [a-zA-Z][\\w:-]*::(?:\\s.*)?"),
                    sure("\\.\\. _[^:]+:(?:\\s.*)?"),
                    sure(".*(?<![\\w`]):(?:[a-z]+:)?[a-z]+:`[^`]+`.*"),
                    sure("\\.\\. \\|[^|]+\\| [a-z]+::.*"),
                    hint(":[A-Za-z][\\w -]*:(?:\\s.*)?"),
                    hint("([=~^\"'*+#])\\1{3,}\\s*"))),
    ORG(
            "Org",
            "pandoc -f org -t gfm -o %2$s.md %1$s",
            Set.of("org"),
            List.of(
                    sure("(?i)#\\+(?:title|author|date|startup|options|begin_\\w+|todo|tags|filetags|property)\\b.*"),
                    sure("\\*+ (?:TODO|DONE|NEXT|WAITING|CANCELLED)\\s.*"),
                    sure("\\s*:PROPERTIES:\\s*"),
                    sure("\\s*(?:SCHEDULED|DEADLINE|CLOSED): [<\\[].*"),
                    hint("\\*{2,6} \\S.*"))),
    LATEX(
            "LaTeX",
            "pandoc -f latex -t gfm -o %2$s.md %1$s",
            Set.of("tex", "latex"),
            List.of(
                    sure("\\\\documentclass\\b.*"),
                    sure("\\\\begin\\{document\\}.*"),
                    sure("\\\\(?:sub)*section\\*?\\{.*"))),
    MEDIAWIKI("MediaWiki markup", "pandoc -f mediawiki -t gfm -o %2$s.md %1$s", Set.of("wiki", "mediawiki"), List.of()),
    TEXTILE("Textile", "pandoc -f textile -t gfm -o %2$s.md %1$s", Set.of("textile"), List.of()),
    HTML(
            "HTML",
            "pandoc -f html -t gfm -o %2$s.md %1$s",
            Set.of(),
            List.of(sure("(?i)<!doctype html.*"), sure("(?i)<html\\b.*"), sure("(?i)\\s*<body\\b.*"))),
    RTF("Rich Text Format", "pandoc -f rtf -t gfm -o %2$s.md %1$s", Set.of("rtf"), List.of());

    private static final int ENOUGH = 2;
    private static final int LONGEST_LINE = 500;
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./-]+");

    private static final Pattern MARKDOWN = Pattern.compile("#{1,6}\\s+\\S.*");

    /**
     * A shape of lines.
     *
     * @param sure whether Markdown has none of that shape
     */
    private record Sign(Pattern line, boolean sure) {}

    private final String shown;
    private final String conversion;
    private final Set<String> endings;
    private final List<Sign> signs;

    ForeignMarkup(String shown, String conversion, Set<String> endings, List<Sign> signs) {
        this.shown = shown;
        this.conversion = conversion;
        this.endings = endings;
        this.signs = signs;
    }

    private static Sign sure(String line) {
        return new Sign(Pattern.compile(line), true);
    }

    private static Sign hint(String line) {
        return new Sign(Pattern.compile(line), false);
    }

    /** What a document is written in, if it is one of these. */
    public static Optional<ForeignMarkup> of(Document document) {
        var ending = ending(document.path());
        return Arrays.stream(values())
                .filter(markup -> markup.endings.contains(ending))
                .findFirst()
                .or(() -> byContent(document.content()));
    }

    private static Optional<ForeignMarkup> byContent(String content) {
        var lines = Lines.of(content);
        boolean fenced = false;
        var seen = EnumSet.noneOf(ForeignMarkup.class);
        var counts = new int[values().length];
        var kinds = new long[values().length];
        for (var line : lines) {
            if (line.startsWith("```")) fenced = !fenced;
            if (fenced || line.isBlank() || line.length() > LONGEST_LINE) continue;
            if (MARKDOWN.matcher(line).matches()) return Optional.empty();
            for (var markup : values()) markup.note(line, seen, counts, kinds);
        }
        return seen.stream()
                .filter(markup ->
                        Long.bitCount(kinds[markup.ordinal()]) >= ENOUGH || counts[markup.ordinal()] >= ENOUGH)
                .findFirst();
    }

    /** Notes which shapes a line has: {@code seen} are those with a sure one, {@code counts} how many sure lines. */
    private void note(String line, Set<ForeignMarkup> seen, int[] counts, long[] kinds) {
        for (int i = 0; i < signs.size(); i++) {
            var sign = signs.get(i);
            if (!sign.line().matcher(line).matches()) continue;
            kinds[ordinal()] |= 1L << i;
            if (!sign.sure()) continue;
            counts[ordinal()]++;
            seen.add(this);
        }
    }

    private static String ending(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 || path.indexOf('/', dot) >= 0
                ? ""
                : path.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** As its users call it. */
    public String shown() {
        return shown;
    }

    /** The command that makes Markdown of a file. */
    public String conversion(String path) {
        int dot = path.lastIndexOf('.');
        boolean named = dot > path.lastIndexOf('/') + 1 && PLAIN.matcher(path).matches();
        return conversion.formatted(named ? path : "FILE", named ? path.substring(0, dot) : "FILE");
    }
}
