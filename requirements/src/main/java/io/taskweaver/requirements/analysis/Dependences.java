package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.text.Beginnings;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads statements such as "(depends on FR-1 and FR-3)" or "after T010-T012" out of a text. */
final class Dependences {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    /** What stands before that which is needed; the first group holds what is said of nothing else. */
    private static final Pattern MARKER = Pattern.compile(
            "(?:(" + Lexicon.pattern("dependence.on") + "|" + Lexicon.pattern("column.needs")
                    + "\\s*(?=[:：])|\\bdepends\\s*(?=:))|" + Lexicon.pattern("dependence.likely") + ")\\s*[:：]?\\s*",
            FLAGS);
    /** What stands behind that which is needed; the first group holds what is said of nothing else. */
    private static final Pattern BEHIND = Pattern.compile(
            "(" + Lexicon.pattern("dependence.behind") + ")|" + Lexicon.pattern("dependence.after"), FLAGS);
    /** Between an id and what stands behind it. */
    private static final Pattern GAP = Pattern.compile("[`)\\]*]{0,4}+(?:\\s?['’]\\p{L}{1,4})?\\s{0,2}");
    /** Where a marker may begin, so that only there one is looked for. */
    private static final Beginnings MARKERS = Lexicon.beginnings("dependence.on", "dependence.likely", "column.needs");

    private static final Beginnings BEHIND_MARKERS = Lexicon.beginnings("dependence.behind", "dependence.after");
    /** Before a marker, or behind one that stands behind. */
    private static final Pattern DENIED_BEFORE =
            Pattern.compile("(?:n['’]t|" + Lexicon.pattern("dependence.denied") + ")\\s*$", FLAGS);

    private static final Pattern DENIED_BEHIND =
            Pattern.compile("^(?:\\p{L}{0,3}\\s?)?" + Lexicon.pattern("dependence.denied"), FLAGS);
    /** Characters around a marker that may deny it. */
    private static final int NEAR = 12;
    /** Characters before a marker in which that which is needed has to stand. */
    private static final int BEFORE = 120;

    private static final String JOINING = Lexicon.pattern("dependence.joining");
    private static final Pattern FILLER = Pattern.compile(
            "(?:[\\s,;&+\\[(#:`*_、，；：・،؛]+|" + Lexicon.pattern("dependence.joining", "dependence.filler")
                    + "(?![-_]?[0-9])|[和与及とや및와과و](?=[A-Z0-9]))++",
            FLAGS);
    private static final Pattern QUOTED = Pattern.compile("[\"“'‘]([^\"”’']{3,120})[\"”’']");
    private static final Pattern NOUN = Pattern.compile(
            "(?i)(requirements?|req|user story|story|stories|use case|tasks?|features?)\\s+#?(?=[0-9]|(?-i:[A-Z]{1,6}[-_]?[0-9]))");
    private static final Pattern ID = Pattern.compile(Ids.FORM);
    /** "Story 1.4b". */
    private static final Pattern PART = Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,3}[a-z]?|[a-z])(?![\\p{L}\\p{N}])");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}(?![\\p{L}\\p{N}%]|\\.[0-9])");
    private static final String TO = Lexicon.pattern("dependence.range");
    private static final Pattern RANGE =
            Pattern.compile("\\s*(?:-|–|—|~|〜|～|\\.\\.+|" + TO + ")\\s*(?=[A-Z0-9])", FLAGS);
    private static final Pattern ENDS_LIST = Pattern.compile(
            "\\s*(?:$|[.,;:)\\]&+*_–—、，。；）】،]|-\\s*[0-9\\s]|" + TO + "\\s*[0-9]|" + JOINING
                    + "|(?:is|are|has|have|which)\\b)",
            FLAGS);
    private static final Pattern LABEL = Pattern.compile("^\\p{L}[\\p{L} ]{0,20}:\\s+(?=[A-Z]{1,10}[-_]?[0-9])");
    private static final Pattern SEPARATOR =
            Pattern.compile("[,;/&、，；،؛\\[\\]()（）]|(?<=\\s)" + JOINING + "(?=\\s)", FLAGS);
    private static final int LONGEST_CLAUSE = 300;
    private static final int MOST_NAMES = 10;

    private Dependences() {}

    /** Whether a remark says nothing but what is needed, by ids: "abhängig von R-1 und R-2". */
    static boolean isOne(String remark) {
        return (MARKER.matcher(remark.strip()).lookingAt()
                        || BEHIND.matcher(remark).find())
                && Ids.mentions(remark).find();
    }

    /** All statements in running text. */
    static List<Dependence> in(String text, SourceSpan at) {
        var found = new ArrayList<Dependence>();
        var marker = MARKER.matcher(text).useTransparentBounds(true);
        var behind = BEHIND.matcher(text).useTransparentBounds(true);
        int end = 0;
        for (int from = 0, to; from < text.length(); from = to) {
            to = Beginnings.end(text, from);
            if (from >= end
                    && MARKERS.isOne(text, from, to)
                    && marker.region(from, text.length()).lookingAt()) {
                stated(text, marker, at).ifPresent(found::add);
                end = marker.end();
            }
            if (BEHIND_MARKERS.isOne(text, from, to)
                    && behind.region(from, text.length()).lookingAt())
                behind(text, behind, at).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Dependence> stated(String text, Matcher marker, SourceSpan at) {
        if (isDenied(text, marker.start())) return Optional.empty();
        boolean certain = marker.group(1) != null;
        var references = references(text, marker.end(), certain);
        boolean isNamed = certain && !Words.isUnspaced(text.charAt(marker.start()));
        if (references.isEmpty() && isNamed) references = names(clause(text, marker.end()));
        return references.isEmpty()
                ? Optional.empty()
                : Optional.of(new Dependence(references, clause(text, marker.start()), certain, at));
    }

    /** "A1、A2 に依存する": ids that a marker stands behind. */
    private static Optional<Dependence> behind(String text, Matcher marker, SourceSpan at) {
        var after = text.substring(marker.end(), Math.min(text.length(), marker.end() + NEAR));
        if (DENIED_BEHIND.matcher(after).find()) return Optional.empty();
        int begin = Math.max(0, marker.start() - BEFORE);
        var before = text.substring(begin, marker.start());
        var ids = Ids.mentions(before);
        int first = -1;
        int end = -1;
        while (ids.find()) {
            if (Ids.isName(ids.group())) continue;
            boolean isListed = end >= 0 && joins(before.substring(end, ids.start()));
            if (!isListed) first = ids.start();
            end = ids.end();
        }
        if (end < 0 || !GAP.matcher(before.substring(end)).matches()) return Optional.empty();
        var references = references(before, first, false);
        var because = text.substring(begin + first, marker.end());
        return Optional.of(new Dependence(references, because, marker.group(1) != null, at));
    }

    private static boolean joins(String between) {
        var filler = FILLER.matcher(between);
        return filler.matches() || RANGE.matcher(between + "0").lookingAt();
    }

    private static boolean isDenied(String text, int at) {
        return DENIED_BEFORE.matcher(text.substring(Math.max(0, at - NEAR), at)).find();
    }

    /** The names in a list, by what stands between them. */
    static String[] parts(String list) {
        return SEPARATOR.split(list, -1);
    }

    /** What a cell or a labelled line lists: ids, numbers, names. */
    static Optional<Dependence> listed(String list, SourceSpan at) {
        var text = list.strip();
        var none = Lexicon.opening("dependence.none", text);
        boolean isNone = Words.plain(text).isEmpty()
                || Lexicon.is("dependence.none", text)
                || (!none.isEmpty() && !Words.isUnspaced(none.charAt(0)));
        if (isNone) return Optional.empty();
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
        for (var part : parts(list)) {
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
