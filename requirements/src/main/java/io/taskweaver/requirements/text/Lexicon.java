package io.taskweaver.requirements.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The words that documents use for their parts, in all languages that are known: table {@code lexicon.tsv}. A phrase decides
 * only where it is all of a text, or all but words that say nothing ("the main features").
 */
public final class Lexicon {
    private static final String TABLE = "lexicon.tsv";
    private static final String GENERIC = "generic";
    private static final Lexicon INSTANCE = read();

    /** Characters of the longest phrase, and of a heading that can be one. */
    private static final int LONGEST_PHRASE = 60;

    private static final int LONGEST_HEADING = 120;
    /** Words of the longest phrase. */
    private static final int MOST_WORDS = 6;

    private final Map<String, Set<String>> phrases;
    /** Those of scripts without blanks, by kind. */
    private final Map<String, List<String>> unspaced = new HashMap<>();

    private final Set<String> generic;
    /** Those of scripts without blanks, the longest first. */
    private final List<String> unspacedGeneric;

    private Lexicon(Map<String, Set<String>> phrases) {
        this.phrases = phrases;
        phrases.forEach((kind, all) -> unspaced.put(
                kind, all.stream().filter(phrase -> isUnspaced(phrase)).toList()));
        this.generic = phrases.getOrDefault(GENERIC, Set.of());
        this.unspacedGeneric = generic.stream()
                .filter(phrase -> isUnspaced(phrase))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Lexicon read() {
        var phrases = new HashMap<String, Set<String>>();
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Lexicon.class.getResourceAsStream(TABLE)), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                var columns = line.split("\t", -1);
                if (columns.length != 3)
                    throw new IllegalStateException(TABLE + " has a row without three columns: " + line);
                var kind = phrases.computeIfAbsent(columns[0], name -> new HashSet<>());
                for (var phrase : columns[2].split(",", -1)) kind.add(Words.normalised(phrase));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        phrases.values().forEach(kind -> kind.remove(""));
        return new Lexicon(phrases);
    }

    /** Whether a text is one of the phrases of a kind, whatever its case and marks. */
    public static boolean is(String kind, String text) {
        return INSTANCE.phrases(kind).contains(Words.normalised(text));
    }

    /** The longest phrase of a kind that a text begins with, as whole words; empty if it begins with none. */
    public static String opening(String kind, String text) {
        var phrases = INSTANCE.phrases(kind);
        var words = Words.normalised(text);
        for (int end = Math.min(words.length(), LONGEST_PHRASE); end > 0; end--) {
            boolean isWhole = end == words.length() || words.charAt(end) == ' ';
            if (!isWhole && !Words.isUnspaced(words.charAt(end - 1))) continue;
            var opening = words.substring(0, end);
            if (phrases.contains(opening)) return opening;
        }
        return "";
    }

    /** Whether a text has a phrase of a kind anywhere, as whole words. */
    public static boolean mentions(String kind, String text) {
        var phrases = INSTANCE.phrases(kind);
        var words = Words.plain(text);
        for (int from = 0; from < words.size(); from++)
            for (int to = from + 1; to <= Math.min(words.size(), from + MOST_WORDS); to++)
                if (phrases.contains(String.join(" ", words.subList(from, to)))) return true;
        if (!isUnspaced(text)) return false;
        var joined = String.join(" ", words);
        return INSTANCE.unspaced(kind).stream().anyMatch(joined::contains);
    }

    /**
     * Which of some kinds a text is: the one of the longest phrase that is all of it but words that say nothing; of phrases of
     * one length, the kind that is named first.
     */
    public static Optional<String> kindOf(List<String> kinds, String text) {
        var words = Words.normalised(text);
        if (words.isEmpty()) return Optional.empty();
        Optional<String> best = Optional.empty();
        int longest = 0;
        for (var kind : kinds) {
            int length = INSTANCE.covered(kind, words);
            if (length > longest) {
                longest = length;
                best = Optional.of(kind);
            }
        }
        return best;
    }

    /** Length of the longest phrase of a kind that is all of a text but words that say nothing; 0 if there is none. */
    private int covered(String kind, String text) {
        if (text.length() > LONGEST_HEADING) return 0;
        var phrases = phrases(kind);
        if (phrases.contains(text)) return text.length();
        int longest = 0;
        var words = List.of(text.split(" ", -1));
        for (int from = 0; from < words.size(); from++)
            for (int to = from + 1; to <= Math.min(words.size(), from + MOST_WORDS); to++) {
                var phrase = String.join(" ", words.subList(from, to));
                boolean is = phrase.length() > longest
                        && phrases.contains(phrase)
                        && areGeneric(String.join(" ", words.subList(0, from)))
                        && areGeneric(String.join(" ", words.subList(to, words.size())));
                if (is) longest = phrase.length();
            }
        if (!isUnspaced(text)) return longest;
        var joined = text.replace(" ", "");
        for (var phrase : unspaced(kind))
            if (phrase.length() > longest && isRestGeneric(joined, phrase.replace(" ", ""))) longest = phrase.length();
        return longest;
    }

    private boolean areGeneric(String words) {
        if (words.isBlank() || generic.contains(words)) return true;
        for (var word : words.split(" +", -1))
            if (!generic.contains(word) && !word.chars().allMatch(Character::isDigit)) return false;
        return true;
    }

    private boolean isRestGeneric(String joined, String phrase) {
        int at = joined.indexOf(phrase);
        if (at < 0) return false;
        var rest = joined.substring(0, at) + joined.substring(at + phrase.length());
        for (var word : unspacedGeneric) rest = rest.replace(word.replace(" ", ""), "");
        return rest.chars().allMatch(Character::isDigit);
    }

    private List<String> unspaced(String kind) {
        return unspaced.getOrDefault(kind, List.of());
    }

    private Set<String> phrases(String kind) {
        var known = phrases.get(kind);
        if (known == null) throw new IllegalArgumentException(TABLE + " has no kind " + kind);
        return known;
    }

    private static boolean isUnspaced(String phrase) {
        return phrase.chars().anyMatch(c -> Words.isUnspaced((char) c));
    }

    /** All phrases of a kind, for those who look for them by other rules. */
    public static List<String> all(String kind) {
        return new ArrayList<>(INSTANCE.phrases(kind));
    }
}
