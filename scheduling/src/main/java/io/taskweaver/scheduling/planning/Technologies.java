package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Resources;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Languages, frameworks and commands that texts name: table {@code technologies.tsv}, which is extended without Java. */
final class Technologies {
    /** A text says early what it is about, and a long one would be searched for each phrase. */
    private static final int LONGEST_TEXT = 500_000;

    private static final int NEAR = 40;
    private static final Pattern DENIED = Pattern.compile(
            "(?i)\\b(?:no|not|without|never|non|instead of|rather than|kein|keine|ohne|nicht|sans|sin|senza|sem|без)[^\\w.,;:]+(?:\\w+[^\\w.,;:]+){0,3}$");
    private static final List<Technology> ALL = new ArrayList<>();
    private static final Set<String> PROGRAMS = new LinkedHashSet<>();
    private static final Set<String> WRITTEN = new LinkedHashSet<>();

    /**
     * A technology.
     *
     * @param tool whether it shows its language wherever it is named
     */
    record Technology(String language, String phrase, boolean tool) {}

    static {
        for (var row : (Iterable<String>)
                Resources.text(Technologies.class, "technologies.tsv").lines()::iterator) {
            if (row.isBlank() || row.startsWith("#")) continue;
            var columns = row.split("\t", -1);
            for (var phrase : columns[2].split(", ", -1))
                switch (columns[1]) {
                    case "name" -> ALL.add(new Technology(columns[0], phrase, false));
                    case "tool" -> ALL.add(new Technology(columns[0], phrase, true));
                    case "program" -> PROGRAMS.add(Words.lower(phrase));
                    case "written" -> WRITTEN.add(Words.lower(phrase));
                    default -> throw new IllegalStateException("technologies.tsv has no kind " + columns[1]);
                }
        }
        // "Written in Go": alone it is a word of everyday.
        ALL.add(new Technology("Go", "Go", false));
    }

    private Technologies() {}

    /** What a statement names that binds all: a language that it names is the project's. */
    static List<Technology> named(String statement) {
        return ALL.stream().filter(each -> isIn(statement, each, false)).toList();
    }

    /** What a document says of how its product is built; a product may be about languages, so that their names are not enough. */
    static List<Technology> spokenOf(String document) {
        var text = document.length() > LONGEST_TEXT ? document.substring(0, LONGEST_TEXT) : document;
        return ALL.stream().filter(each -> isIn(text, each, !each.tool())).toList();
    }

    private static boolean isIn(String text, Technology technology, boolean beside) {
        var phrase = technology.phrase();
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + phrase.length())) {
            int end = at + phrase.length();
            if (!isWhole(text, at, end)) continue;
            var before = text.substring(Math.max(0, at - NEAR), at);
            if (DENIED.matcher(before).find()) continue;
            var after = text.substring(end, Math.min(text.length(), end + NEAR));
            boolean ofEveryday = phrase.equals("Go");
            if (ofEveryday ? isWritten(before) || startsWithVersion(after) : !beside || isBeside(before, after))
                return true;
        }
        return false;
    }

    /** Scripts without blanks put their words right beside a name. */
    private static boolean isWhole(String text, int at, int end) {
        char first = at == 0 ? ' ' : text.charAt(at - 1);
        char next = end == text.length() ? ' ' : text.charAt(end);
        boolean goesOn = next == '.' && end + 1 < text.length() && isLetter(text.charAt(end + 1));
        return !isLetter(first)
                && "._-@/#".indexOf(first) < 0
                && !isLetter(next)
                && "_/#+".indexOf(next) < 0
                && !goesOn;
    }

    private static boolean isLetter(char c) {
        return Character.isLetterOrDigit(c) && !Words.isUnspaced(c);
    }

    private static boolean startsWithVersion(String after) {
        return after.length() > 1 && after.charAt(0) == ' ' && Character.isDigit(after.charAt(1));
    }

    private static boolean isWritten(String before) {
        var words = onLine(before, true);
        return WRITTEN.stream().anyMatch(word -> ends(words, word));
    }

    private static boolean isBeside(String before, String after) {
        if (isWritten(before)) return true;
        var first = onLine(before, true);
        var next = onLine(after, false).replaceFirst("^ ?[0-9][0-9.]*", "").replaceFirst("^[ -]", "");
        return PROGRAMS.stream().anyMatch(word -> starts(next, word) || ends(first, word));
    }

    private static String onLine(String text, boolean last) {
        int line = last ? text.lastIndexOf('\n') : text.indexOf('\n');
        var part = last ? text.substring(line + 1) : line < 0 ? text : text.substring(0, line);
        return Words.lower(
                last
                        ? part.replaceAll("[\\s*_`(]+$", "")
                        : part.replace("*", "").replace("`", ""));
    }

    private static boolean starts(String text, String word) {
        return text.startsWith(word)
                && (text.length() == word.length()
                        || Words.isUnspaced(word.charAt(0))
                        || !Character.isLetterOrDigit(text.charAt(word.length())));
    }

    private static boolean ends(String text, String word) {
        int at = text.length() - word.length();
        return text.endsWith(word)
                && (at == 0 || Words.isUnspaced(word.charAt(0)) || !Character.isLetterOrDigit(text.charAt(at - 1)));
    }
}
