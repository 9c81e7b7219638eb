package io.taskweaver.domain.gap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tartarus.snowball.ext.EnglishStemmer;

/** Words of texts and parts of identifiers, as stems (Snowball's English), so that "bookings" meets {@code bookSlot}. */
final class Terms {
    /** Words that name nothing: of the language, and of requirements as such. */
    private static final Set<String> FILLERS = Set.of(
            ("a an the of to in on for and or with by as at be is are was it its this that these those shall must"
                            + " should can could may might will would able not no from into all any each every per user users"
                            + " system program application app implement build support provide allow let lets using use used via"
                            + " when then than if so i want who which what where their his her they them has have had do does done"
                            + " such other another same own both only also within between before after without about there here"
                            + " new one")
                    .split(" "));

    /** What programmers call what people ask for; the first word stands for the others. */
    private static final List<List<String>> SAME = List.of(
            List.of("create", "add", "register", "make", "insert"),
            List.of("remove", "delete", "drop", "erase"),
            List.of(
                    "show", "list", "find", "get", "see", "view", "display", "read", "fetch", "query", "search", "look",
                    "lookup"),
            List.of("change", "update", "edit", "modify", "set"),
            List.of("send", "deliver", "notify", "publish", "emit"),
            List.of("save", "store", "persist", "keep", "append", "write"),
            List.of("check", "validate", "verify"),
            List.of("signin", "login", "authenticate", "logon"),
            List.of("signout", "logout", "logoff"));

    private static final Map<String, String> CANONICAL = canonical();
    private static final Set<String> VERBS = Set.copyOf(CANONICAL.values());

    private Terms() {}

    /** Terms of a text or identifier, each once, in order; fillers left out. */
    static Set<String> of(String text) {
        var terms = new LinkedHashSet<String>();
        var joined = text.replaceAll("(?i)\\b(sign|log)[\\s-]+(in|out|on|off)\\b", "$1$2");
        for (var word : words(joined)) {
            if (FILLERS.contains(word)) continue;
            terms.add(term(word));
        }
        return terms;
    }

    /** Whether a term is one of the actions that have several names. */
    static boolean isAction(String term) {
        return VERBS.contains(term);
    }

    /** Words in lower case: runs of letters or digits, split where an identifier changes case. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c)) {
                flush(word, words);
                continue;
            }
            if (!word.isEmpty() && splits(text, i)) flush(word, words);
            word.append(c);
        }
        flush(word, words);
        return words;
    }

    /** "bookSlot" before S, "HTTPServer" before S, "v2" stays whole. */
    private static boolean splits(String text, int i) {
        char c = text.charAt(i);
        char before = text.charAt(i - 1);
        if (!Character.isUpperCase(c)) return false;
        boolean endOfCapitals =
                Character.isUpperCase(before) && i + 1 < text.length() && Character.isLowerCase(text.charAt(i + 1));
        return !Character.isUpperCase(before) || endOfCapitals;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) words.add(word.toString().toLowerCase(Locale.ROOT));
        word.setLength(0);
    }

    private static String term(String word) {
        var stem = stem(word);
        return CANONICAL.getOrDefault(stem, stem);
    }

    private static String stem(String word) {
        var stemmer = new EnglishStemmer();
        stemmer.setCurrent(word);
        stemmer.stem();
        return stemmer.getCurrent();
    }

    private static Map<String, String> canonical() {
        var canonical = new HashMap<String, String>();
        for (var group : SAME) for (var word : group) canonical.put(stem(word), stem(group.getFirst()));
        return Map.copyOf(canonical);
    }
}
