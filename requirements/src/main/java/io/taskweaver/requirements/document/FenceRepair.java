package io.taskweaver.requirements.document;

import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Ends fences of code that their writer forgot to end, where what follows is plainly no code, and turns tildes that
 * underline a heading into one. Markdown reads everything after either as code, to the end of the document.
 */
final class FenceRepair {
    /**
     * A line that was changed or is reported.
     *
     * @param line index of the line that it is about
     */
    record Found(int line, String code, String message) {}

    /** Languages in which a line may begin with a hash sign and a blank. */
    private static final Set<String> HASH_COMMENTS = Words.set("""
        bash sh shell zsh console terminal fish powershell ps1 python py ruby rb perl yaml yml toml ini conf dockerfile
        docker make makefile r nix cmake gherkin feature graphql elixir hcl terraform properties env
        """);

    /** Languages in which lines are what Markdown has too. */
    private static final Set<String> MARKDOWN = Words.set("markdown md mdx text txt plain plaintext diff gherkin");

    private static final Set<String> YAML = Words.set("yaml yml");
    private static final Pattern FENCE = Pattern.compile("( {0,3})(`{3,}|~{3,})([^`]*)");
    private static final Pattern LANGUAGE = Pattern.compile("\\s*\\{?\\.?([\\p{L}][\\w+#.-]*)?.*");
    private static final Pattern TILDES = Pattern.compile("~{3,}\\s*");
    private static final Pattern HEADING = Pattern.compile("#{1,6}\\s+\\S.*");
    private static final Pattern ITEM = Pattern.compile("(?:[-*+•]|[0-9]{1,3}[.)])\\s+(?:\\[[ xX~/-]?\\]\\s*)?(\\S.*)");
    private static final Pattern ROW = Pattern.compile("\\|[^|]+\\|.+\\|\\s*");
    private static final Pattern SENTENCE = Pattern.compile("(?:\\*\\*|__)?\\p{Lu}[^{};=<>]*[.:!?](?:\\*\\*|__)?\\s*");
    private static final Pattern UNSPACED = Pattern.compile("[^{};=<>]{6,}[。：！？]\\s*");
    private static final Pattern SETTING = Pattern.compile("[\\w.\"'-]+:(?:\\s+\\S+){0,2}\\s*");
    private static final int FEWEST_WORDS = 3;
    private static final int FEWEST_ITEMS = 2;
    private static final int MOST_OFF = 3;

    private final String[] lines;
    private final List<Found> found = new ArrayList<>();
    /** For backticks and tildes how long a fence is from here on of which no end is left; a longer one has none either. */
    private final Map<Character, Integer> neverClosed = new HashMap<>();

    private Optional<Boolean> dashed = Optional.empty();

    private FenceRepair(String[] lines) {
        this.lines = lines;
    }

    /** Repairs the lines in place, as many as before, and says what was found. */
    static List<Found> repair(String[] lines) {
        var repair = new FenceRepair(lines);
        for (int i = 0; i < lines.length; i++) i = repair.from(i);
        return repair.found;
    }

    /** Looks at a line; answers the last one that is done with. */
    private int from(int index) {
        var fence = FENCE.matcher(lines[index]);
        if (!fence.matches()) return index;
        var mark = fence.group(2);
        int closing = closing(index, mark);
        if (isUnderline(index, closing)) {
            underline(index);
            return index;
        }
        var language = languageOf(fence.group(3));
        int reopened = reopened(index, closing, mark, language);
        if (closing < lines.length && reopened < 0) return closing;
        int limit = reopened < 0 ? lines.length : reopened;
        int end = endOfCode(index, limit, language);
        if (end > 0) {
            found.add(new Found(
                    index,
                    "unclosed-fence",
                    "The code fence that begins here is never closed; line " + (end + 1)
                            + " was taken as its end, and what follows as text. Close it with " + mark + "."));
            lines[end] = fence.group(1) + mark;
            return end;
        }
        int glued = reopened >= 0 ? 0 : endOfGluedCode(index, language);
        if (glued > 0) {
            found.add(new Found(
                    index,
                    "unclosed-fence",
                    "The code fence that begins here is never closed; what follows from line " + (glued + 1)
                            + " on was taken as text. Close it with " + mark + "."));
            close(index, glued, fence.group(1) + mark);
            return glued - 1;
        }
        if (reopened >= 0) return closing;
        boolean empty = true;
        for (int i = index + 1; i < lines.length; i++) empty &= lines[i].isBlank();
        if (!empty)
            found.add(new Found(
                    index,
                    "unclosed-fence",
                    "The code fence that begins here is never closed; everything after it was taken as code. Close it"
                            + " with " + mark + "."));
        return lines.length;
    }

    /** The line that ends a fence; the number of lines if none does. */
    private int closing(int from, String mark) {
        if (mark.length() >= neverClosed.getOrDefault(mark.charAt(0), Integer.MAX_VALUE)) return lines.length;
        for (int i = from + 1; i < lines.length; i++) {
            var fence = FENCE.matcher(lines[i]);
            if (fence.matches()
                    && fence.group(2).startsWith(mark)
                    && fence.group(3).isBlank()) return i;
        }
        neverClosed.merge(mark.charAt(0), mark.length(), Math::min);
        return lines.length;
    }

    /** A line in a fence that begins another one: then the first was not closed, unless it shows Markdown. */
    private int reopened(int from, int closing, String mark, String language) {
        if (MARKDOWN.contains(language)) return -1;
        for (int i = from + 1; i < closing; i++) {
            var fence = FENCE.matcher(lines[i]);
            boolean begins = fence.matches()
                    && fence.group(2).equals(mark)
                    && !languageOf(fence.group(3)).isEmpty();
            if (begins) return i;
        }
        return -1;
    }

    private static String languageOf(String info) {
        var match = LANGUAGE.matcher(info);
        return match.matches() && match.group(1) != null ? Words.lower(match.group(1)) : "";
    }

    /** The first blank line that is followed by what is plainly no code; 0 if there is none. */
    private int endOfCode(int from, int limit, String language) {
        for (int i = from + 1; i + 1 < limit; i++)
            if (lines[i].isBlank() && !lines[i + 1].isBlank() && isMarkdown(lines[i + 1], language)) return i;
        return 0;
    }

    /** The first of several items that follow code without a blank line, to the end of the document; 0 if there is none. */
    private int endOfGluedCode(int from, String language) {
        int first = lines.length;
        int items = 0;
        for (int i = lines.length - 1; i > from + 1; i--) {
            if (lines[i].isBlank()) continue;
            boolean item = ITEM.matcher(lines[i]).matches();
            if (!isMarkdown(lines[i], language)
                    || !(item || HEADING.matcher(lines[i]).matches())) break;
            if (item) items++;
            first = i;
        }
        return items >= FEWEST_ITEMS ? first : 0;
    }

    /** Ends a fence right before a line that there is no blank line before. */
    private void close(int from, int to, String mark) {
        if (to - from == 2) {
            lines[from] = "`" + lines[from + 1].strip() + "`";
            lines[from + 1] = "";
        } else {
            lines[to - 2] = lines[to - 2] + " " + lines[to - 1].strip();
            lines[to - 1] = mark;
        }
    }

    private static boolean isMarkdown(String line, String language) {
        if (HEADING.matcher(line).matches()) return line.startsWith("##") || !HASH_COMMENTS.contains(language);
        var item = ITEM.matcher(line);
        if (item.matches())
            return !YAML.contains(language)
                    && !(language.isEmpty() && SETTING.matcher(item.group(1)).matches())
                    && isProse(item.group(1));
        if (ROW.matcher(line).matches()) return true;
        return (SENTENCE.matcher(line).matches() && isProse(line))
                || UNSPACED.matcher(line).matches();
    }

    private static boolean isProse(String text) {
        var words = Words.plain(text);
        boolean unspaced = text.codePoints().filter(c -> c > 0x3000).count() > FEWEST_WORDS;
        return unspaced || (words.size() >= FEWEST_WORDS && !text.endsWith(";") && !text.endsWith("{"));
    }

    /** Whether tildes stand right below one line that is as long as they are, or are never closed. */
    private boolean isUnderline(int index, int closing) {
        if (index == 0 || !TILDES.matcher(lines[index]).matches()) return false;
        var above = lines[index - 1].strip();
        boolean alone = index == 1 || lines[index - 2].isBlank();
        if (above.isEmpty()
                || !alone
                || above.endsWith(":")
                || ITEM.matcher(above).matches()) return false;
        int width = above.codePointCount(0, above.length());
        int tildes = lines[index].strip().length();
        boolean wide = above.codePoints().anyMatch(c -> c > 0x2E80);
        boolean fits =
                Math.abs(tildes - width) < MOST_OFF || (wide && tildes >= width && tildes <= 2 * width + MOST_OFF);
        return tildes > FEWEST_WORDS && (fits || closing == lines.length);
    }

    private void underline(int index) {
        var above = lines[index - 1].strip();
        lines[index - 1] = (isDashed() ? "### " : "## ") + above;
        lines[index] = "";
        found.add(new Found(
                index,
                "tilde-underline",
                "'" + above + "' is underlined with tildes, which Markdown reads as the beginning of code; it was read"
                        + " as a heading."));
    }

    /** Whether dashes underline headings too: then those with tildes are a level deeper. */
    private boolean isDashed() {
        if (dashed.isEmpty()) dashed = Optional.of(hasDashedHeading());
        return dashed.get();
    }

    private boolean hasDashedHeading() {
        for (int i = 1; i < lines.length; i++) {
            boolean dashes =
                    lines[i].length() > FEWEST_WORDS && lines[i].strip().matches("-{4,}");
            if (dashes && !lines[i - 1].isBlank()) return true;
        }
        return false;
    }
}
