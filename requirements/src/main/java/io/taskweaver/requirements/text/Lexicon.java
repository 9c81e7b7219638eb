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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that documents and trackers use for the same thing, in all languages that are known: table {@code lexicon.tsv},
 * the only one, which is extended without Java. A phrase decides only where it is all of a text, or all but words that say
 * nothing ("the main features").
 */
public final class Lexicon {
    private static final String TABLE = "lexicon.tsv";
    private static final String GENERIC = "generic";
    /** Says in the table that a language has no phrase of a kind. */
    private static final String NONE = "-";

    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());
    private static final Lexicon INSTANCE = read();

    /** Characters of the longest phrase, and of a heading that can be one. */
    private static final int LONGEST_PHRASE = 60;

    private static final int LONGEST_HEADING = 120;
    /** Words of the longest phrase. */
    private static final int MOST_WORDS = 6;

    /** All words of phrases, by language. */
    private final Map<String, Set<String>> languages;
    /** As the table has them. */
    private final Map<String, List<String>> written;
    /** Without case and marks; each with its place among those of its kind. */
    private final Map<String, Map<String, Integer>> ranks = new HashMap<>();
    /** Those of scripts without blanks, by kind. */
    private final Map<String, List<String>> unspaced = new HashMap<>();
    /** The first words of all others, by kind. */
    private final Map<String, Set<String>> firstWords = new HashMap<>();

    private static final Pattern NUMBER_BEHIND = Pattern.compile("(?<=\\p{L})(?=\\p{Nd})");
    private static final String NO_WORD = "[\\p{L}\\p{N}]";
    private final Set<String> generic;
    /** Those of scripts without blanks, the longest first. */
    private final List<String> unspacedGeneric;

    private Lexicon(Map<String, List<String>> written, Map<String, Set<String>> languages) {
        this.languages = languages;
        this.written = new HashMap<>();
        written.forEach((kind, all) -> this.written.put(kind, List.copyOf(all)));
        written.forEach((kind, all) -> {
            var places = ranks.computeIfAbsent(kind, key -> new LinkedHashMap<>());
            for (var phrase : all) places.putIfAbsent(form(phrase), places.size());
            unspaced.put(
                    kind, places.keySet().stream().filter(Lexicon::isUnspaced).toList());
            firstWords.put(
                    kind,
                    places.keySet().stream()
                            .map(phrase -> phrase.split(" ", 2)[0])
                            .collect(Collectors.toUnmodifiableSet()));
        });
        this.generic = phrases(GENERIC);
        this.unspacedGeneric = generic.stream()
                .filter(Lexicon::isUnspaced)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Lexicon read() {
        var written = new HashMap<String, List<String>>();
        var languages = new HashMap<String, Set<String>>();
        try (var lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Lexicon.class.getResourceAsStream(TABLE)), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                var columns = line.split("\t", -1);
                if (columns.length != 3)
                    throw new IllegalStateException(TABLE + " has a row without three columns: " + line);
                var kind = written.computeIfAbsent(columns[0], name -> new ArrayList<>());
                if (columns[2].equals(NONE)) continue;
                for (var phrase : columns[2].split(",", -1))
                    if (!phrase.isBlank()) kind.add(Words.lower(phrase.strip()));
                languages.computeIfAbsent(columns[1], name -> new HashSet<>()).addAll(Words.plain(columns[2]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Lexicon(written, languages);
    }

    /** What a phrase is compared by: its words, or itself where it is a mark such as "#". */
    private static String form(String phrase) {
        var words = Words.normalised(phrase);
        return words.isEmpty() ? phrase.strip() : words;
    }

    /** Whether a text is one of the phrases of a kind, whatever its case and marks. */
    public static boolean is(String kind, String text) {
        return INSTANCE.phrases(kind).contains(form(text));
    }

    /**
     * The meaning of a word.
     *
     * @param rank how many phrases of the kind stand before it in the table
     */
    public record Meaning(String kind, int rank) {}

    /** The first of some kinds that a text is a phrase of, whatever its case and marks. */
    public static Optional<Meaning> first(List<String> kinds, String text) {
        var form = form(text);
        for (var kind : kinds) {
            var rank = INSTANCE.places(kind).get(form);
            if (rank != null) return Optional.of(new Meaning(kind, rank));
        }
        return Optional.empty();
    }

    /** The longest phrase of a kind that a text begins with, as whole words; empty if it begins with none. */
    public static String opening(String kind, String text) {
        var words = Words.normalised(text);
        if (!INSTANCE.mayOpen(kind, words)) return "";
        var phrases = INSTANCE.phrases(kind);
        for (int end = Math.min(words.length(), LONGEST_PHRASE); end > 0; end--) {
            boolean isWhole = end == words.length() || words.charAt(end) == ' ';
            if (!isWhole && !Words.isUnspaced(words.charAt(end - 1))) continue;
            var opening = words.substring(0, end);
            if (phrases.contains(opening)) return opening;
        }
        return "";
    }

    /** Whether a text in normal form may begin with a phrase of a kind. */
    private boolean mayOpen(String kind, String words) {
        int blank = words.indexOf(' ');
        var first = blank < 0 ? words : words.substring(0, blank);
        return known(firstWords, kind).contains(first) || isUnspaced(first);
    }

    /** Whether a text has a phrase of a kind anywhere, as whole words. */
    public static boolean mentions(String kind, String text) {
        var phrases = INSTANCE.phrases(kind);
        var firstWords = known(INSTANCE.firstWords, kind);
        var words = Words.plain(text);
        for (int from = 0; from < words.size(); from++)
            if (firstWords.contains(words.get(from)))
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
            if (known(firstWords, kind).contains(words.get(from)))
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
        // "Phase 1完了条件": words of a script with blanks stand before it too.
        return areGeneric(NUMBER_BEHIND.matcher(rest).replaceAll(" ").strip());
    }

    private List<String> unspaced(String kind) {
        return unspaced.getOrDefault(kind, List.of());
    }

    private Set<String> phrases(String kind) {
        return places(kind).keySet();
    }

    private Map<String, Integer> places(String kind) {
        return known(ranks, kind);
    }

    private static <T> T known(Map<String, T> kinds, String kind) {
        var known = kinds.get(kind);
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

    /**
     * A regular expression for any phrase of some kinds, the longest first: as whole words, or anywhere in scripts without blanks
     * between words. It is to be compiled without regard to case, also of other alphabets.
     */
    public static String pattern(String... kinds) {
        var unspaced = new TreeSet<>(LONGEST_FIRST);
        // By their first letters, so that hardly any is tried where none stands.
        var spaced = new TreeMap<String, Set<String>>();
        for (var kind : kinds)
            for (var phrase : written(kind)) {
                var first = phrase.substring(0, phrase.offsetByCodePoints(0, 1));
                if (isUnspaced(phrase)) unspaced.add(quoted(phrase));
                else
                    spaced.computeIfAbsent(first, key -> new TreeSet<>(LONGEST_FIRST))
                            .add(quoted(phrase));
            }
        var words = spaced.values().stream()
                .map(phrases -> "(?:" + String.join("|", phrases) + ")")
                .collect(Collectors.joining("|"));
        var anywhere = unspaced.isEmpty() ? "" : "|" + String.join("|", unspaced);
        return "(?:(?<!" + NO_WORD + ")(?=[" + Pattern.quote(String.join("", spaced.keySet())) + "])(?:" + words
                + ")(?!" + NO_WORD + ")" + anywhere + ")";
    }

    /** What the phrases of some kinds begin with. */
    public static Beginnings beginnings(String... kinds) {
        var beginnings = new HashSet<String>();
        for (var kind : kinds)
            for (var phrase : written(kind)) beginnings.add(phrase.substring(0, Beginnings.end(phrase, 0)));
        return new Beginnings(beginnings);
    }

    private static String quoted(String phrase) {
        return Stream.of(phrase.split(" ", -1))
                .map(word -> Pattern.quote(word).replace("'", "\\E['’]\\Q"))
                .collect(Collectors.joining("\\s+"));
    }

    /** All words that the table has of each language, by its code. */
    public static Map<String, Set<String>> languages() {
        return Map.copyOf(INSTANCE.languages);
    }

    /** Whether the table has a kind; most types of work have words of some places only. */
    public static boolean has(String kind) {
        return INSTANCE.written.containsKey(kind);
    }

    /** All phrases of a kind as the table has them, for those who know more marks than letters and digits. */
    public static List<String> written(String kind) {
        return known(INSTANCE.written, kind);
    }
}
