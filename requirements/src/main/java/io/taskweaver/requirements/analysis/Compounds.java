package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits a statement that asks for several things: "Users can register, log in and log out" is three. Only verbs that
 * are listed one after the other are taken apart, and only where no criteria would have to be; "read and write speed" is
 * one thing, and so are verbs with one object, as in "create, edit and delete views".
 */
final class Compounds {
    private static final int MOST_PARTS = 12;
    private static final int LONGEST = 400;
    /** Who numbers requirements has cut them to size: only lists are taken apart there. */
    private static final int FEWEST_NUMBERED = 3;

    private static final Pattern ASKS = Pattern.compile(
            "(?i)^(.{0,120}?\\b(?:shall|must|should|will|can|may|want|need|allows?|enables?|lets?)(?:\\s+(?:be\\s+able|[\\p{L}-]+(?:\\s+[\\p{L}-]+)?))?\\s+to\\s+|.{0,120}?\\b(?:shall|must|should|will|can|may)\\s+|(?:ability|able)\\s+to\\s+)(?=\\p{L})");
    private static final Pattern CONDITION = Pattern.compile("(?i)^\\W*(?:when|if|while|where|given|as an?)\\b");
    /** What {@link #made} says of a part; a part that is read again is none to be split again. */
    static final Pattern NOTE = Pattern.compile("\\s*\\bPart [0-9]{1,2} of [0-9]{1,2} of\\b");

    private static final Pattern REMARK = Pattern.compile("\\s*[(\\[][^()\\[\\]]*[)\\]]\\s*\\.?\\s*$");
    private static final Pattern BETWEEN = Pattern.compile("(?i)\\s*,\\s*(?:and\\s+|or\\s+)?|\\s+(?:and|&)\\s+");
    private static final Set<String> SUBORDINATE =
            Set.of("so", "because", "unless", "which", "that", "where", "when", "if", "then", "not");
    /** Words that join two nouns rather than two things to do. */
    private static final Set<String> PAIRING = Set.of("between", "both", "either");

    private Compounds() {}

    /** The parts of a requirement, in its order; the requirement alone if it is one thing. */
    static List<Requirement> parts(Requirement whole, Ids ids) {
        boolean single = !whole.criteria().isEmpty()
                || whole.done()
                || whole.quality()
                || whole.process()
                || !joins(whole.text())
                || NOTE.matcher(whole.text()).find()
                || whole.text().length() > LONGEST
                || whole.text().indexOf('\n') >= 0;
        if (single) return List.of(whole);
        var split = split(whole.text());
        int fewest = whole.id().isPresent() ? FEWEST_NUMBERED : 2;
        return split.titles.size() < fewest ? List.of(whole) : made(whole, split, ids);
    }

    /** Whether anything stands between two parts; that alone distinguishes most statements from compound ones. */
    private static boolean joins(String text) {
        return text.contains(" and ") || text.contains(" & ") || text.contains(" AND ");
    }

    /**
     * A statement taken apart.
     *
     * @param before what stands before the first verb and holds for all parts
     */
    private record Split(String before, List<String> titles) {
        static final Split NONE = new Split("", List.of());
    }

    private static Split split(String text) {
        if (CONDITION.matcher(text).find() || sentences(text) > 1) return Split.NONE;
        var asks = ASKS.matcher(text);
        var before = "";
        var body = text;
        if (asks.find()) {
            before = text.substring(0, asks.end());
            if (isSubordinate(before)) return Split.NONE;
            body = text.substring(asks.end());
        }
        body = REMARK.matcher(body).replaceFirst("").strip();
        return new Split(before, verbs(withoutEnd(body)));
    }

    /** The phrases that begin with a verb each, where verbs are listed; empty if there are fewer than two. */
    private static List<String> verbs(String body) {
        if (Verbs.leading(body).isEmpty()) return List.of();
        var phrases = new ArrayList<String>();
        var gaps = BETWEEN.matcher(body);
        int from = 0;
        int at = 0;
        int depth = 0;
        int looked = 0;
        while (gaps.find(at)) {
            depth += depthOf(body, looked, gaps.start());
            looked = gaps.start();
            at = gaps.end();
            if (depth > 0 || Verbs.leading(body.substring(gaps.end())).isEmpty()) continue;
            phrases.add(body.substring(from, gaps.start()));
            from = gaps.end();
            if (phrases.size() > MOST_PARTS) return List.of();
        }
        phrases.add(body.substring(from));
        return isList(phrases) ? phrases : List.of();
    }

    private static int depthOf(String text, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '(' || c == '[' || c == '"' && opens(text, i)) depth++;
            else if (c == ')' || c == ']' || c == '"') depth--;
        }
        return depth;
    }

    private static boolean opens(String text, int quote) {
        return quote == 0 || text.charAt(quote - 1) == ' ';
    }

    /**
     * Verbs are a list if each has an object of its own or needs none, since verbs with one object are mostly one piece of
     * work, and a verb can be a noun.
     */
    private static boolean isList(List<String> phrases) {
        if (phrases.size() < 2 || phrases.stream().anyMatch(Compounds::isSubordinate)) return false;
        for (var phrase : phrases.subList(0, phrases.size() - 1)) {
            var words = Words.plain(phrase);
            var verb = Verbs.leading(phrase);
            if (words.stream().anyMatch(PAIRING::contains)) return false;
            boolean nounList = words.size() == 2 && !verb.contains(" ") && Verbs.isVerb(words.getLast());
            if (nounList) return false;
        }
        return phrases.stream().allMatch(Compounds::saysEnough);
    }

    private static boolean isSubordinate(String phrase) {
        return Words.plain(phrase).stream().anyMatch(SUBORDINATE::contains);
    }

    private static boolean saysEnough(String phrase) {
        var verb = Verbs.leading(phrase);
        var object = objectOf(phrase);
        return !object.startsWith(",")
                && (Verbs.isBare(verb) || !Words.content(object).isEmpty());
    }

    private static String objectOf(String phrase) {
        var verb = Verbs.leading(phrase);
        var text = phrase.strip();
        return text.length() <= verb.length()
                ? ""
                : text.substring(verb.length()).strip();
    }

    private static int sentences(String text) {
        int sentences = 1;
        for (int i = 0; i + 2 < text.length(); i++) {
            boolean ends = (text.charAt(i) == '.' || text.charAt(i) == ';')
                    && text.charAt(i + 1) == ' '
                    && (text.charAt(i) == ';' || Character.isUpperCase(text.charAt(i + 2)));
            if (ends) sentences++;
        }
        return sentences;
    }

    private static String withoutEnd(String text) {
        int end = text.length();
        while (end > 0 && ".;:!".indexOf(text.charAt(end - 1)) >= 0) end--;
        return text.substring(0, end);
    }

    /** The parts as requirements: the first keeps the id, so that it stays where it is looked for. */
    private static List<Requirement> made(Requirement whole, Split split, Ids ids) {
        var key = whole.id().orElse(whole.text());
        int count = split.titles.size();
        var parts = new ArrayList<Requirement>();
        for (int i = 0; i < count; i++) {
            int number = i + 1;
            var statement = split.before + split.titles.get(i);
            var title = Titles.ofText(capitalised(split.titles.get(i)));
            if (title.isBlank()) return List.of(whole);
            var note = "Part " + number + " of " + count + " of"
                    + whole.id().map(id -> " " + id).orElse("") + ": " + whole.text();
            parts.add(whole.toBuilder()
                    .id(whole.id().map(id -> number == 1 ? id : free(id, number, ids)))
                    .title(title)
                    .text(statement.strip() + "\n" + note)
                    .part(Optional.of(new Requirement.Part(key, number, count)))
                    .build());
        }
        return parts;
    }

    /** An id for a part that the document does not use itself. */
    private static String free(String id, int number, Ids ids) {
        var plain = id + "." + number;
        return ids.isStated(plain) ? id + "." + (char) ('a' + number - 1) : plain;
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
