package io.taskweaver.domain.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words of a text: runs of letters and digits, in lower case, plurals taken back to the singular. */
public final class Words {
    private static final Set<String> FILLERS = Set.of(
            "a",
            "an",
            "the",
            "of",
            "to",
            "in",
            "on",
            "for",
            "and",
            "or",
            "with",
            "by",
            "as",
            "at",
            "be",
            "is",
            "are",
            "it",
            "its",
            "this",
            "that",
            "shall",
            "must",
            "should",
            "can",
            "able",
            "will",
            "from",
            "into",
            "all",
            "user",
            "users",
            "system",
            "implement",
            "create",
            "build",
            "add",
            "setup",
            "set",
            "up",
            "support",
            "provide",
            "allow",
            "using",
            "use",
            "e",
            "g",
            "etc",
            "via",
            "when",
            "then",
            "so",
            "i",
            "want");

    private Words() {}

    /** All words, as they stand, in lower case. */
    public static List<String> plain(String text) {
        var words = new ArrayList<String>();
        int begin = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (inside && begin < 0) begin = i;
            else if (!inside && begin >= 0) {
                words.add(text.substring(begin, i).toLowerCase(Locale.ROOT));
                begin = -1;
            }
        }
        return words;
    }

    /** All words in the singular. */
    public static List<String> stems(String text) {
        var words = plain(text);
        words.replaceAll(Words::singular);
        return words;
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

    public static String singular(String word) {
        int length = word.length();
        if (length > 4 && word.endsWith("ies")) return word.substring(0, length - 3) + "y";
        boolean sibilant =
                word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes");
        if (length > 4 && sibilant) return word.substring(0, length - 2);
        boolean plural = word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is");
        return length > 3 && plural ? word.substring(0, length - 1) : word;
    }
}
