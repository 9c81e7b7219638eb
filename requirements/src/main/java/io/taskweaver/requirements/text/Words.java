package io.taskweaver.requirements.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Words of a text: runs of letters and digits. What people read, and what lists of words hold, is a word in the singular;
 * what texts are compared by is its stem, by Snowball's English stemmer.
 */
public final class Words {
    private static final char FIRST_KANA = '\u3040';
    private static final char LAST_HANGUL = '\uD7A3';

    private static final Set<String> FILLERS = set("""
        a an the of to in on for and or with by as at be is are it its this that shall must should can able will from
        into all user users system implement create build add setup set up support provide allow using use e g etc via
        when then so i want
        """);

    private Words() {}

    /** The words of a list that is written as one text, with blanks or line ends between them. */
    public static Set<String> set(String list) {
        return Set.of(list.strip().split("\\s+"));
    }

    /** The phrases of a list that is written as one text, with commas between them, in order. */
    public static List<String> phrases(String list) {
        return List.of(list.strip().split("\\s*,\\s*"));
    }

    /** All words in lower case. */
    public static List<String> plain(String text) {
        var words = cut(text, Character::isLetterOrDigit, (from, to) -> to);
        words.replaceAll(Words::lower);
        return words;
    }

    /** All words as they stand, those that underscores join as one: names such as {@code book_slot} stay whole. */
    public static List<String> names(String text) {
        return cut(text, c -> c == '_' || Character.isLetterOrDigit(c), (from, to) -> to);
    }

    /** All words in lower case and in the singular. */
    public static List<String> singulars(String text) {
        var words = plain(text);
        words.replaceAll(Words::singular);
        return words;
    }

    /**
     * All words as they stand; of a name such as {@code bookSlot} or {@code HTTPServer} its parts, and of Han, Kana and
     * Hangul, which have no blanks between words, each pair of characters.
     */
    public static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        for (var part : cut(text, Character::isLetterOrDigit, (from, to) -> partEnd(text, from, to)))
            if (part.length() < 3 || !isUnspaced(part.charAt(0))) parts.add(part);
            else for (int at = 2; at <= part.length(); at++) parts.add(part.substring(at - 2, at));
        return parts;
    }

    /** Runs of the characters inside words, each as far as {@code end} of its begin and its own end says. */
    private static List<String> cut(String text, IntPredicate inside, IntBinaryOperator end) {
        var words = new ArrayList<String>();
        for (int from = 0, to; from < text.length(); from = to) {
            to = from + 1;
            if (!inside.test(text.charAt(from))) continue;
            while (to < text.length() && inside.test(text.charAt(to))) to++;
            to = end.applyAsInt(from, to);
            words.add(text.substring(from, to));
        }
        return words;
    }

    /** "bookSlot" before S, "HTTPServer" before S, "v2" stays whole. */
    private static int partEnd(String text, int from, int to) {
        for (int at = from + 1; at < to; at++) {
            char before = text.charAt(at - 1);
            char c = text.charAt(at);
            if (isUnspaced(before) != isUnspaced(c)) return at;
            boolean endOfCapitals = at + 1 < to && Character.isLowerCase(text.charAt(at + 1));
            if (Character.isUpperCase(c) && (!Character.isUpperCase(before) || endOfCapitals)) return at;
        }
        return to;
    }

    /** Whether a character is of a script that has no blanks between words, or is taken apart as if: Han, Kana, Hangul. */
    public static boolean isUnspaced(char c) {
        return c >= FIRST_KANA && c <= LAST_HANGUL;
    }

    /** In lower case; each sigma is the same letter, since the JDK takes quadratic time to find those at the end of words. */
    public static String lower(String text) {
        return text.replace('\u03a3', '\u03c3').toLowerCase(Locale.ROOT);
    }

    /** Whether a word in lower case says nothing about what a statement is about. */
    public static boolean isFiller(String word) {
        return FILLERS.contains(word);
    }

    /** The words that carry meaning, in the singular. */
    public static Set<String> content(String text) {
        var content = new HashSet<String>();
        for (var word : plain(text)) if (!isFiller(word)) content.add(singular(word));
        return content;
    }

    /** The same for every text that differs in case, blanks or punctuation only. */
    public static String normalised(String text) {
        return String.join(" ", plain(text));
    }

    /** The singular of a word in lower case; what is no plural stays. */
    public static String singular(String word) {
        int length = word.length();
        if (length > 4 && word.endsWith("ies")) return word.substring(0, length - 3) + "y";
        boolean sibilant =
                word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes");
        if (length > 4 && sibilant) return word.substring(0, length - 2);
        boolean plural = word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is");
        return length > 3 && plural ? word.substring(0, length - 1) : word;
    }

    /** What the forms of a word in lower case have in common: "save", "saves", "saved" and "saving" are "save". */
    public static String stem(String word) {
        var stemmer = new EnglishStemmer();
        stemmer.setCurrent(word);
        stemmer.stem();
        return stemmer.getCurrent();
    }
}
