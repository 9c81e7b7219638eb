package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads statements such as "(depends on FR-1 and FR-3)" or "after T010-T012" out of a text. */
final class Dependences {
    private static final Pattern MARKER =
            Pattern.compile("(?i)\\b(depends? (?:up)?on|dependent (?:up)?on|depending (?:up)?on|blocked by|waits?"
                    + " for|prerequisites?\\s*:|dependenc(?:y|ies)\\s*:|depends\\s*:|requires?|needs?|after|following|builds?"
                    + " (?:up)?on|once)\\b\\s*:?\\s*|\\b(?:dependenc(?:y|ies)|prerequisites?|depends)\\s*:\\s*");
    private static final Pattern CERTAIN = Pattern.compile("(?i)^(depend|blocked|waits?|prereq).*", Pattern.DOTALL);
    private static final Pattern FILLER = Pattern.compile(
            "(?i)(?:[\\s,;&+\\[(#:`*_]+|(?:and|or|on|both|all|of|the|completion|step|steps|item|items|number|no\\.|ids?)\\b(?![-_]?[0-9]))++");
    private static final Pattern QUOTED = Pattern.compile("[\"“'‘]([^\"”’']{3,120})[\"”’']");
    private static final Pattern NOUN = Pattern.compile(
            "(?i)(requirements?|req|user story|story|stories|use case|tasks?|features?)\\s+#?(?=[0-9])");
    private static final Pattern ID = Pattern.compile(Ids.FORM);
    /** "Story 1.4b". */
    private static final Pattern PART = Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,3}[a-z]?|[a-z])(?![\\p{L}\\p{N}])");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}(?![\\p{L}\\p{N}%]|\\.[0-9])");
    private static final Pattern RANGE = Pattern.compile("(?i)\\s*(?:-|–|—|\\.\\.+|to|through)\\s*(?=[A-Z0-9])");
    private static final Pattern ENDS_LIST = Pattern.compile(
            "(?i)\\s*(?:$|[.,;:)\\]&+*_–—]|-\\s*[0-9\\s]|(?:to|through)\\s*[0-9]|(?:and|or|is|are|has|have|which)\\b)");
    private static final Pattern LABEL = Pattern.compile("^\\p{L}[\\p{L} ]{0,20}:\\s+(?=[A-Z]{1,10}[-_]?[0-9])");
    private static final Pattern SEPARATOR = Pattern.compile(",|;|/|&|\\band\\b|[\\[\\]()]");
    private static final int LONGEST_CLAUSE = 300;
    private static final int MOST_NAMES = 10;

    private Dependences() {}

    /** All statements in running text. */
    static List<Dependence> in(String text, SourceSpan at) {
        var marker = MARKER.matcher(text);
        if (!marker.find()) return List.of();
        var found = new ArrayList<Dependence>();
        do {
            if (isDenied(text, marker.start())) continue;
            boolean certain = CERTAIN.matcher(marker.group()).matches();
            var references = references(text, marker.end(), certain);
            if (references.isEmpty() && certain) references = names(clause(text, marker.end()));
            if (!references.isEmpty()) {
                var because = clause(text, marker.start());
                found.add(new Dependence(references, because, certain, at));
            }
        } while (marker.find());
        return found;
    }

    private static boolean isDenied(String text, int at) {
        var before = text.substring(Math.max(0, at - 8), at).toLowerCase(Locale.ROOT);
        return before.endsWith("not ") || before.endsWith("n't ") || before.endsWith("never ");
    }

    /** What a cell or a labelled line lists: ids, numbers, names. */
    static Optional<Dependence> listed(String list, SourceSpan at) {
        var text = list.strip();
        var lower = text.toLowerCase(Locale.ROOT);
        boolean none = lower.isEmpty()
                || lower.startsWith("none")
                || lower.startsWith("no dep")
                || lower.startsWith("n/a")
                || lower.equals("-")
                || lower.equals("—")
                || lower.equals("–")
                || lower.equals("nothing")
                || lower.startsWith("nein")
                || lower.startsWith("aucun")
                || lower.startsWith("ningun")
                || lower.startsWith("nessun")
                || lower.startsWith("nenhum")
                || lower.startsWith("нет")
                || lower.startsWith("없음")
                || lower.startsWith("yok")
                || lower.startsWith("なし")
                || lower.startsWith("无")
                || lower.startsWith("keine");
        if (none) return Optional.empty();
        var references = references(LABEL.matcher(text).replaceFirst(""), 0, true);
        if (references.isEmpty()) references = names(text);
        return references.isEmpty()
                ? Optional.empty()
                : Optional.of(new Dependence(references, "depends on " + text, true, at));
    }

    /** The ids and numbers that stand one after the other from an index on. */
    private static List<Reference> references(String text, int from, boolean numbers) {
        var references = new ArrayList<Reference>();
        int at = from;
        while (at < text.length()) {
            var filler = at(FILLER, text, at);
            if (filler.lookingAt()) at = filler.end();
            var quoted = at(QUOTED, text, at);
            if (quoted.lookingAt()) {
                references.add(new Reference.Name(quoted.group(1)));
                at = quoted.end();
                continue;
            }
            var prefix = "";
            var noun = at(NOUN, text, at);
            if (noun.lookingAt()) {
                prefix = Ids.prefixOf(noun.group(1));
                at = noun.end();
            }
            var part = at(PART, text, at);
            if (!prefix.isEmpty() && part.lookingAt()) {
                references.add(new Reference.Id(prefix + "-" + part.group()));
                at = part.end();
                continue;
            }
            var id = at(ID, text, at);
            if (id.lookingAt() && !Ids.isName(id.group())) {
                at = range(text, id.group(), id.end(), references);
                continue;
            }
            var number = at(NUMBER, text, at);
            boolean counts = (numbers || !prefix.isEmpty())
                    && number.lookingAt()
                    && at(ENDS_LIST, text, number.end()).lookingAt();
            if (!counts) break;
            references.add(new Reference.Ordinal(prefix, Integer.parseInt(number.group())));
            at = numberRange(text, prefix, Integer.parseInt(number.group()), number.end(), references);
        }
        return references;
    }

    /** A matcher of what stands exactly at an index; a search would look through the rest of the text in vain. */
    private static Matcher at(Pattern pattern, String text, int at) {
        return pattern.matcher(text).region(at, text.length());
    }

    private static int range(String text, String from, int end, List<Reference> into) {
        var range = at(RANGE, text, end);
        if (range.lookingAt()) {
            var last = at(ID, text, range.end());
            if (last.lookingAt() && Ids.kindOf(last.group()).equals(Ids.kindOf(from))) {
                into.add(new Reference.Range(from, last.group()));
                return last.end();
            }
            var number = at(NUMBER, text, range.end());
            if (number.lookingAt()) {
                var prefix = from.substring(0, from.length() - trailingDigits(from));
                into.add(new Reference.Range(from, prefix + number.group()));
                return number.end();
            }
        }
        into.add(new Reference.Id(from));
        return end;
    }

    private static int numberRange(String text, String prefix, int from, int end, List<Reference> into) {
        var range = at(RANGE, text, end);
        if (!range.lookingAt()) return end;
        var last = at(NUMBER, text, range.end());
        if (!last.lookingAt()) return end;
        int to = Integer.parseInt(last.group());
        if (to <= from || to - from > 200) return end;
        for (int number = from + 1; number <= to; number++) into.add(new Reference.Ordinal(prefix, number));
        return last.end();
    }

    private static int trailingDigits(String id) {
        int digits = 0;
        while (digits < id.length() && Character.isDigit(id.charAt(id.length() - 1 - digits))) digits++;
        return digits;
    }

    private static List<Reference> names(String list) {
        var names = new ArrayList<Reference>();
        for (var part : SEPARATOR.split(list, -1)) {
            var name = part.replace("`", "").replace("*", "").strip();
            boolean fits = !name.isEmpty() && name.length() <= 80 && names.size() < MOST_NAMES;
            if (fits && name.chars().anyMatch(Character::isLetter)) names.add(new Reference.Name(name));
        }
        return names;
    }

    /** The rest of the sentence or parenthesis that begins at an index. */
    private static String clause(String text, int from) {
        int end = from;
        int depth = 0;
        int most = Math.min(text.length(), from + LONGEST_CLAUSE);
        while (end < most) {
            char c = text.charAt(end);
            if (c == '(' || c == '[') depth++;
            if (c == ')' || c == ']') {
                if (depth == 0) break;
                depth--;
            }
            boolean stops = (c == '.' || c == ';') && (end + 1 == text.length() || text.charAt(end + 1) == ' ');
            if (stops && depth == 0) break;
            end++;
        }
        return text.substring(from, end).strip();
    }
}
