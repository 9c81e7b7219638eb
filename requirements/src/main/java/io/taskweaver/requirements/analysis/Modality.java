package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a sentence demands, or forbids, something: by the modal verbs of the languages that are known. */
final class Modality {
    /** RFC 2119, ISO/IEC/IEEE 29148: sentences that explain these words demand nothing. */
    private static final Pattern KEY_WORDS = Pattern.compile("(?i)\\bkey ?words\\b|\\bRFC[ -]?(?:2119|8174)\\b");

    private static final List<String> PROHIBITIONS = Lexicon.all("modal.prohibition");
    /** How many words of a sentence may be before what forbids something. */
    private static final int LONGEST_SUBJECT = 7;

    private Modality() {}

    /** Whether a sentence demands something. */
    static boolean demands(String text) {
        if (KEY_WORDS.matcher(text).find()) return false;
        return Lexicon.mentions("modal.demand", text) || text.contains("able to ");
    }

    /** Whether the main clause of a sentence forbids something: "The system shall not ...", "Never ...", "No ... may ...". */
    static boolean forbids(String text) {
        var words = Words.normalised(text);
        for (var phrase : PROHIBITIONS) {
            boolean unspaced = Words.isUnspaced(phrase.charAt(0));
            int at = unspaced ? words.indexOf(phrase) : (" " + words + " ").indexOf(" " + phrase + " ");
            if (at < 0) continue;
            // Of those languages the verb is at the end.
            if (unspaced) return true;
            var before = words.substring(0, Math.min(at, words.length()));
            if (Words.plain(before).size() <= LONGEST_SUBJECT && !isConditional(before)) return true;
        }
        return words.startsWith("no ") && demands(text);
    }

    /** "If a code cannot be read, ..." demands what follows. */
    private static boolean isConditional(String before) {
        for (var word : Words.plain(before))
            switch (word) {
                case "if",
                        "when",
                        "where",
                        "while",
                        "that",
                        "which",
                        "who",
                        "unless",
                        "because",
                        "so",
                        "wenn",
                        "falls",
                        "si",
                        "cuando",
                        "quando",
                        "se",
                        "если",
                        "eğer" -> {
                    return true;
                }
                default -> {}
            }
        return false;
    }

    /** Whether a label ends with words that forbid: "Guests may not". */
    static boolean endsProhibiting(String label) {
        var words = Words.normalised(label);
        for (var phrase : PROHIBITIONS)
            if (words.endsWith(Words.isUnspaced(phrase.charAt(0)) ? phrase : " " + phrase)) return true;
        return false;
    }
}
