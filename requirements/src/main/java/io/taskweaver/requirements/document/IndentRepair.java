package io.taskweaver.requirements.document;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Moves the lines of a document that is indented as a whole to the left: Markdown takes text that is indented by four blanks for
 * code. A numbered line with deeper text below it ("4.1 Labels") becomes a heading.
 */
final class IndentRepair {
    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+\\S.*");
    private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3})+)\\.?\\s+\\p{L}[^.!?。]*");
    private static final Pattern SENTENCE = Pattern.compile("[\\p{Lu}\\p{Lo}].*[.!?。]");
    private static final Pattern FENCE = Pattern.compile("\\s*(?:```|~~~).*");
    private static final int CODE = 4;
    private static final int ENOUGH_LINES = 8;
    private static final int ENOUGH_SENTENCES = 3;
    private static final int FEWEST_WORDS = 4;
    private static final int MOST_LEVELS = 6;
    private static final int LONGEST_HEADING = 100;
    /** Of so many lines one may stand at the left. */
    private static final int MOSTLY = 10;

    private final String[] lines;

    private IndentRepair(String[] lines) {
        this.lines = lines;
    }

    /** Repairs the lines in place, and says so where there was something to repair. */
    static Optional<FenceRepair.Found> repair(String[] lines) {
        int first = firstIfIndented(lines);
        if (first < 0) return Optional.empty();
        for (int i = 0; i < lines.length; i++) lines[i] = lines[i].replace("\t", "    ");
        new IndentRepair(lines).dedent();
        return Optional.of(new FenceRepair.Found(
                first,
                "indented-document",
                "The text of this document is indented, which Markdown takes for code; it is read as text."
                        + " Remove the blanks before its lines."));
    }

    /** The first indented line of a document of which nearly all text is indented, and is sentences; -1 if it is another one. */
    private static int firstIfIndented(String[] lines) {
        int first = -1;
        int indented = 0;
        int others = 0;
        int sentences = 0;
        for (int i = 0; i < lines.length; i++) {
            if (FENCE.matcher(lines[i]).matches()) return -1;
            if (lines[i].isBlank() || HEADING.matcher(lines[i]).matches()) continue;
            if (indentOf(lines[i]) < CODE && lines[i].charAt(0) != '\t') {
                others++;
                if (others > MOSTLY && others > indented) return -1;
                continue;
            }
            if (first < 0) first = i;
            indented++;
            var text = lines[i].strip();
            if (SENTENCE.matcher(text).matches() && isLong(text)) sentences++;
        }
        boolean isIndented = indented >= ENOUGH_LINES && others * MOSTLY <= indented && sentences >= ENOUGH_SENTENCES;
        return isIndented ? first : -1;
    }

    private static boolean isLong(String text) {
        return text.split(" ", FEWEST_WORDS + 1).length > FEWEST_WORDS || text.charAt(0) > 0x2E7F;
    }

    private void dedent() {
        int from = 0;
        while (from < lines.length) {
            int to = from;
            while (to < lines.length && !HEADING.matcher(lines[to]).matches()) to++;
            block(from, to);
            from = to + 1;
        }
    }

    /** Moves lines to the left, what is below a numbered title to that of its own. */
    private void block(int from, int to) {
        int base = least(from, to);
        int i = from;
        while (i < to) {
            int below = isNumbered(i, base) ? endBelow(i, base, to) : i + 1;
            if (isBlank(i + 1, below)) {
                lines[i] = moved(lines[i], base);
                i++;
                continue;
            }
            var title = lines[i].strip();
            int level = (int) title.chars()
                            .takeWhile(c -> c == '.' || Character.isDigit(c))
                            .filter(c -> c == '.')
                            .count()
                    + 1;
            lines[i] = "#".repeat(Math.min(level, MOST_LEVELS)) + " " + title;
            block(i + 1, below);
            i = below;
        }
    }

    private boolean isNumbered(int line, int base) {
        var text = lines[line].strip();
        return !text.isEmpty()
                && indentOf(lines[line]) == base
                && text.length() <= LONGEST_HEADING
                && NUMBERED.matcher(text).matches();
    }

    private int endBelow(int line, int base, int to) {
        int end = line + 1;
        while (end < to && (lines[end].isBlank() || indentOf(lines[end]) > base)) end++;
        return end;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) if (!lines[i].isBlank()) return false;
        return true;
    }

    private int least(int from, int to) {
        int least = Integer.MAX_VALUE;
        for (int i = from; i < to; i++) if (!lines[i].isBlank()) least = Math.min(least, indentOf(lines[i]));
        return least == Integer.MAX_VALUE ? 0 : least;
    }

    private static String moved(String line, int by) {
        return line.isBlank() ? "" : line.substring(Math.min(by, indentOf(line)));
    }

    private static int indentOf(String line) {
        int i = 0;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) i++;
        return i;
    }
}
