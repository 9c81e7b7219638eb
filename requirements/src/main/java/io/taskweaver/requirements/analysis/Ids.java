package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Section;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids that a document defines, as opposed to those it mentions: at the beginning of an item, a heading, a line, or in a
 * cell. Ids with a dash ("FR-001", "API-AUTH-2") count wherever they begin a text; ids without ("T012", "R3") only if
 * the document has two or more of the same kind, since single ones are names of something else.
 */
final class Ids {
    private static final String DASHED =
            "[A-Z][A-Za-z0-9]{0,9}(?:[-_][A-Z][A-Z0-9]{0,9}){0,3}[-_][0-9]{1,6}(?:\\.[0-9]{1,3}){0,2}[a-z]?";
    private static final String COMPACT = "[A-Z]{1,4}[0-9]{1,5}(?:\\.[0-9]{1,3})?";
    private static final Pattern LEADING = Pattern.compile(
            "\\s*[\\[(`]?(?:(" + DASHED + ")|(" + COMPACT
                    + "))[\\])`]?(?![-\\p{L}\\p{N}_/])(?!\\s*(?:-|–|—|\\.\\.+|to|through|,|&|and|→|->)\\s*[A-Z]+[-_]?[0-9])\\s*[:.)|–—-]*\\s*");
    /** A character of a word in which an id cannot stand; scripts without blanks between words have no such words. */
    private static final String IN_WORD = "[\\p{L}\\p{N}_/&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]]";
    /** An id wherever it stands; what is before it is for the caller to look at. */
    static final String FORM = "(?:" + DASHED + "|" + COMPACT + ")(?!" + IN_WORD + "|-(?![A-Z]+[-_]?[0-9]))";

    private static final Pattern MENTIONED = Pattern.compile("(?<!" + IN_WORD + "|[.-])" + FORM);
    private static final Pattern NAMED = Pattern.compile(
            "(?i)^(requirement|req|user story|story|use case|task|feature)\\s+#?(?:([0-9]{1,5}(?:\\.[0-9]{1,3})?[a-z]?)"
                    + "|(?-i:([A-Z]{1,6}[-_]?[0-9]{1,5}(?:\\.[0-9]{1,3})?)))\\s*(?:[:.)–—-]+\\s*|$)(.*)$",
            Pattern.DOTALL);

    /** An id behind the words of a heading: in braces, as Pandoc and MkDocs have it, in brackets, or behind a dash. */
    private static final Pattern BEHIND =
            Pattern.compile("^(.*\\S)\\s*(?:\\{#([\\p{L}][\\p{L}\\p{N}._-]*[0-9][\\p{L}\\p{N}._-]*)}|[\\[(](" + DASHED
                    + ")[\\])]|\\s[–—-]\\s+(" + DASHED + "))\\s*$");
    /** A single id without a dash, set off from the words of a heading. */
    private static final Pattern SET_OFF = Pattern.compile("^(" + COMPACT + ")\\s*(?:[:–—]|\\s-\\s)\\s*(?=\\S)");

    /** "FR 1.2" in a column of ids. */
    private static final Pattern APART = Pattern.compile("\\p{Lu}{1,10} \\p{N}{1,6}(?:\\.\\p{N}{1,3}){0,2}");

    /** What looks like an id and is the name of a standard, format, model or priority. */
    private static final Set<String> NAMES = Set.of(
            "UTF", "SHA", "AES", "ISO", "RFC", "BSD", "HTTP", "HTTPS", "MD", "CVE", "IEEE", "ES", "GPT", "TLS", "SSL",
            "RSA", "PEP", "IPV", "JSR", "ANSI", "MP", "EC", "WCAG", "CSS", "HTML", "OAUTH", "PSR", "COVID", "ECMA", "Q",
            "P", "V", "H", "JDK", "SE", "EE", "ARM", "X", "AC", "CC", "GPL", "LGPL", "AGPL", "MPL", "MIT", "BSL");

    private final Map<String, Integer> compactKinds = new HashMap<>();
    private final Set<String> stated = new HashSet<>();
    /** How many chapters begin with a number of a kind that is the name of something elsewhere: "AC-01 Login". */
    private final Map<String, Integer> chapterKinds = new HashMap<>();

    /** The ids of one document. */
    Ids(Section root) {
        count(root);
        var chapters = root.sections().size() == 1 ? root.sections().getFirst().sections() : root.sections();
        for (var chapter : chapters) {
            var match = LEADING.matcher(StoryReader.heading(chapter));
            if (match.lookingAt() && match.group(1) != null)
                chapterKinds.merge(kindOf(match.group(1)), 1, Integer::sum);
        }
    }

    /**
     * An id at the beginning of a text.
     *
     * @param end index of the first character after it and what sets it off
     */
    record Found(String id, int end) {}

    /** The id that a text defines by beginning with it. */
    Optional<Found> leading(String text) {
        var match = LEADING.matcher(text);
        if (!match.lookingAt()) return named(text);
        boolean dashed = match.group(1) != null;
        var id = dashed ? match.group(1) : match.group(2);
        boolean known = dashed ? !isName(id) : compactKinds.getOrDefault(kindOf(id), 0) > 1;
        return known && !id.isEmpty() ? Optional.of(new Found(id, match.end())) : Optional.empty();
    }

    /** The id that a heading defines, at its beginning. */
    Optional<Found> heading(String text) {
        var found = leading(text);
        if (found.isPresent()) return found;
        var numbered = LEADING.matcher(text);
        if (numbered.lookingAt()
                && numbered.group(1) != null
                && chapterKinds.getOrDefault(kindOf(numbered.group(1)), 0) > 1)
            return Optional.of(new Found(numbered.group(1), numbered.end()));
        var match = SET_OFF.matcher(text);
        return match.find() && !isName(match.group(1))
                ? Optional.of(new Found(match.group(1), match.end()))
                : Optional.empty();
    }

    /** A heading with the id that stands behind its words before them. */
    static String inFront(String heading) {
        var match = BEHIND.matcher(heading);
        if (!match.matches()) return heading;
        for (int group = 2; group <= 4; group++)
            if (match.group(group) != null && !isName(match.group(group)))
                return match.group(group) + ": " + match.group(1);
        return heading;
    }

    /** Whether something in the document begins with an id. */
    boolean isStated(String id) {
        return stated.contains(id);
    }

    /** The id in a cell that holds nothing else. */
    Optional<String> cell(String text, boolean inIdColumn) {
        var content = text.strip();
        var found = leading(content);
        if (found.isPresent() && found.get().end() >= content.length())
            return Optional.of(found.get().id());
        if (!inIdColumn) return Optional.empty();
        if (APART.matcher(content).matches()) return Optional.of(content.replace(' ', '-'));
        return isPlausible(content) ? Optional.of(content) : Optional.empty();
    }

    /** Whether the value of an attribute can be an id: one word with a digit and a letter. */
    static boolean isPlausible(String text) {
        return text.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{1,39}")
                && text.chars().anyMatch(Character::isDigit)
                && text.chars().anyMatch(Character::isLetter);
    }

    /** Whether something of this form stands for an id and not for a standard, format or the like. */
    static boolean isName(String id) {
        return NAMES.contains(kindOf(id).toUpperCase(Locale.ROOT));
    }

    /** Finds ids anywhere in a text. */
    static Matcher mentions(CharSequence text) {
        return MENTIONED.matcher(text);
    }

    /** The letters that an id begins with. */
    static String kindOf(String id) {
        int end = 0;
        while (end < id.length() && Character.isLetter(id.charAt(end))) end++;
        return id.substring(0, end);
    }

    /** "Requirement 3" is REQ-3, "Story A1" is A1. */
    private static Optional<Found> named(String text) {
        var match = NAMED.matcher(text);
        if (!match.matches()) return Optional.empty();
        var own = match.group(3);
        if (own == null) return Optional.of(new Found(prefixOf(match.group(1)) + "-" + match.group(2), match.start(4)));
        // "Story H1", but "Feature HTTP2".
        boolean isName = kindOf(own).length() > 1 && isName(own);
        return isName ? Optional.empty() : Optional.of(new Found(own, match.start(4)));
    }

    /** The prefix of ids that a noun stands for; empty if it stands for none. */
    static String prefixOf(String noun) {
        return switch (noun.toLowerCase(Locale.ROOT)) {
            case "requirement", "requirements", "req" -> "REQ";
            case "user story", "story", "stories" -> "US";
            case "use case" -> "UC";
            case "task", "tasks" -> "TASK";
            case "feature", "features" -> "FEAT";
            default -> "";
        };
    }

    private void count(Section section) {
        count(inFront(section.heading().text()));
        section.blocks().forEach(this::count);
        section.sections().forEach(this::count);
    }

    private void count(Block block) {
        switch (block) {
            case Block.Paragraph text -> text.lines().forEach(line -> count(line.text()));
            case Block.Items list ->
                list.items().forEach(item -> {
                    count(item.phrase().text());
                    item.blocks().forEach(this::count);
                });
            case Block.Table table ->
                table.rows().forEach(row -> {
                    if (!row.cells().isEmpty()) count(row.cells().getFirst().text());
                });
            case Block.Code _, Block.Quote _, Block.Other _ -> {}
        }
    }

    private void count(String text) {
        var match = LEADING.matcher(text);
        boolean any = match.lookingAt();
        if (any) stated.add(match.group(1) == null ? match.group(2) : match.group(1));
        boolean compact = any && match.group(2) != null && !isName(match.group(2));
        if (compact) compactKinds.merge(kindOf(match.group(2)), 1, Integer::sum);
    }
}
