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

    private final Map<String, Set<String>> phrases;
    private final Set<String> generic;
    /** Those of scripts without blanks, the longest first. */
    private final List<String> unspacedGeneric;

    private Lexicon(Map<String, Set<String>> phrases) {
        this.phrases = phrases;
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
        var words = Words.normalised(text);
        var longest = "";
        for (var phrase : INSTANCE.phrases(kind))
            if (phrase.length() > longest.length() && startsWith(words, phrase)) longest = phrase;
        return longest;
    }

    private static boolean startsWith(String text, String phrase) {
        if (!text.startsWith(phrase)) return false;
        return text.length() == phrase.length() || text.charAt(phrase.length()) == ' ' || isUnspaced(phrase);
    }

    /** Whether a text has a phrase of a kind anywhere, as whole words. */
    public static boolean mentions(String kind, String text) {
        var words = " " + Words.normalised(text) + " ";
        for (var phrase : INSTANCE.phrases(kind))
            if (words.contains(isUnspaced(phrase) ? phrase : " " + phrase + " ")) return true;
        return false;
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
    private int covered(String kind, String words) {
        int longest = 0;
        var joined = words.replace(" ", "");
        for (var phrase : phrases(kind)) {
            if (phrase.length() <= longest) continue;
            boolean is = words.equals(phrase)
                    || (isUnspaced(phrase)
                            ? isRestGeneric(joined, phrase.replace(" ", ""))
                            : isRestGenericWords(words, phrase));
            if (is) longest = phrase.length();
        }
        return longest;
    }

    private boolean isRestGenericWords(String words, String phrase) {
        var padded = " " + words + " ";
        int at = padded.indexOf(" " + phrase + " ");
        if (at < 0) return false;
        var rest = (padded.substring(0, at) + " " + padded.substring(at + phrase.length() + 1)).strip();
        return areGeneric(rest);
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
