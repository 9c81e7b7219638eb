package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Beginnings;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a sentence demands, or forbids, something: by the verbs and negations of the languages that are known. What is no
 * more than a limit ("no later than", "not only") forbids nothing, and neither does what stands in quotes.
 */
final class Modality {
    /** RFC 2119, ISO/IEC/IEEE 29148: sentences that explain these words demand nothing. */
    private static final Pattern KEY_WORDS = Pattern.compile("(?i)\\bkey ?words\\b|\\bRFC[ -]?(?:2119|8174)\\b");

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final List<String> PROHIBITIONS = Lexicon.all("modal.prohibition");
    private static final Pattern QUOTED = Pattern.compile(
            "\"[^\"]{1,80}\"|“[^”]{1,80}”|„[^“”]{1,80}[“”]|«[^»]{1,80}»|「[^」]{1,80}」|`[^`]{1,80}`|(?<!\\p{L})['‘][^'’]{1,80}['’](?!\\p{L})");
    /** Where a sentence, or what it says by itself, ends. */
    private static final Pattern END = Pattern.compile("[.!?;]\\s+|[。！？；]|\\n|\\s[–—-]+\\s");

    /** "Security — never log codes". */
    private static final Pattern LABEL = Pattern.compile("^\\p{L}+\\s[–—-]+\\s+(?=\\S)");

    private static final Pattern LIMIT = Pattern.compile(
            Lexicon.pattern("modal.limit") + "|" + Lexicon.pattern("modal.measure") + "(?=.{0,20}\\p{N})", FLAGS);
    private static final Pattern MEASURED = Pattern.compile("\\p{N}.{0,12}" + Lexicon.pattern("modal.measure"), FLAGS);
    /** "No ads", "Keine Werbung". */
    private static final Pattern NOTHING =
            Pattern.compile("^" + Lexicon.pattern("modal.nothing") + "\\s*+(?![\\p{N}.–-])", FLAGS);
    /** "Sin anuncios"; before more words it says how something is done. */
    private static final Pattern WITHOUT =
            Pattern.compile("^" + Lexicon.pattern("modal.without") + "\\s*(?=\\p{L})", FLAGS);
    /** "Das System speichert keine ...", "El sistema no almacena ...". */
    private static final Pattern DENIES = Pattern.compile(
            "^" + Lexicon.pattern("modal.subject") + "\\s*(?:\\p{L}+\\s+)?" + Lexicon.pattern("modal.negation"), FLAGS);
    /** "保存しない", "저장하지 않는다": languages whose verb is at the end. */
    private static final Pattern ENDS_DENYING =
            Pattern.compile(Lexicon.pattern("modal.negation.end") + "[.。]?\\s*$", FLAGS);
    /** Turkish: -mayacak, -memeli, -maz, with their endings. */
    private static final Pattern TURKISH = Pattern.compile(
            "\\p{L}{2,}(?:m[ae]y[ae]c[ae]k(?:t[ıi]r|l[ae]r(?:d[ıi]r)?)?|m[ae]m[ae]l[ıi](?:d[ıi]r|l[ae]r(?:d[ıi]r)?)?|[ae]m[ae]z(?:l[ae]r)?)[.]?\\s*$",
            FLAGS);

    private static final int LONGEST_TURKISH_WORD = 40;
    /** What is in all Turkish verbs that forbid something, and in few other words. */
    private static final Pattern TURKISH_SYLLABLE = Pattern.compile("[mM][aeAE][yzmYZM]");
    /** One of them is in all else that forbids something. */
    private static final Beginnings NEGATIONS = Lexicon.beginnings(
            "modal.prohibition", "modal.nothing", "modal.without", "modal.negation", "modal.negation.end");

    private static final Pattern KANA_OR_HANGUL = Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}]");
    private static final Pattern VERB = Pattern.compile("^" + Lexicon.pattern("work.verb", "work.making"), FLAGS);
    private static final Pattern CONDITION = Pattern.compile(Lexicon.pattern("modal.condition"), FLAGS);
    /** How many words of a sentence may be before what forbids something. */
    private static final int LONGEST_SUBJECT = 7;
    /** How many characters may be behind what forbids something where the verb is at the end. */
    private static final int LONGEST_ENDING = 6;

    private static final int MOST_WORDS_OF_NOTHING = 6;
    private static final int MOST_WORDS_WITHOUT = 3;
    private static final int LONGEST_UNSPACED = 12;

    private Modality() {}

    /** Whether a sentence demands something. */
    static boolean demands(String text) {
        return (Lexicon.mentions("modal.demand", text) || text.contains("able to "))
                && !KEY_WORDS.matcher(text).find();
    }

    /**
     * Whether the main clause of the first sentence forbids something: "The system shall not ...", "Never ...", "No ads".
     * Where another sentence does, the first one still asks for something.
     */
    static boolean forbids(String text) {
        return mayForbid(text) && forbidsAlone(sentences(text).getFirst());
    }

    /** Whether it is worth while to look closer. */
    private static boolean mayForbid(String text) {
        return NEGATIONS.areIn(text) || TURKISH_SYLLABLE.matcher(text).find();
    }

    /** The sentences of a text without what it quotes, and without a label before them. */
    private static List<String> sentences(String text) {
        var unquoted = QUOTED.matcher(text).replaceAll("x").strip();
        return List.of(END.split(LABEL.matcher(unquoted).replaceFirst(""), -1));
    }

    private static boolean forbidsAlone(String sentence) {
        if (LIMIT.matcher(sentence).find() || MEASURED.matcher(sentence).find()) return false;
        return forbidsByVerb(sentence) || denies(sentence);
    }

    /** Whether each sentence of a text forbids something, so that it asks for nothing. */
    static boolean onlyForbids(String text) {
        if (!mayForbid(text)) return false;
        for (var sentence : sentences(text)) if (!sentence.isBlank() && !forbidsAlone(sentence)) return false;
        return !text.isBlank();
    }

    private static boolean forbidsByVerb(String sentence) {
        var words = Words.normalised(sentence);
        for (var phrase : PROHIBITIONS) {
            boolean unspaced = Words.isUnspaced(phrase.charAt(0));
            int at = unspaced ? words.indexOf(phrase) : (" " + words + " ").indexOf(" " + phrase + " ");
            if (at < 0) continue;
            var before = words.substring(0, Math.min(at, words.length()));
            boolean isMain = unspaced
                    ? isMainUnspaced(phrase, before, words.substring(at + phrase.length()))
                    : Words.plain(before).size() <= LONGEST_SUBJECT;
            if (isMain && !isConditional(before)) return true;
        }
        return words.startsWith("no ") && demands(sentence);
    }

    /** Japanese and Korean have the verb at the end; a Chinese sentence that begins with a verb says of what. */
    private static boolean isMainUnspaced(String phrase, String before, String after) {
        if (KANA_OR_HANGUL.matcher(phrase).find())
            return after.strip().length() <= LONGEST_ENDING && !isConditional(after);
        return !VERB.matcher(before).find();
    }

    /** Negations that need no modal verb. */
    private static boolean denies(String sentence) {
        if (isConditional(sentence)) return false;
        boolean isLabel = sentence.indexOf(':') >= 0 || sentence.indexOf('：') >= 0;
        boolean isShort = isShort(sentence, MOST_WORDS_OF_NOTHING) && !isLabel;
        if ((isShort || Lexicon.mentions("modal.now", sentence))
                && NOTHING.matcher(sentence).find()) return true;
        if (isShort(sentence, MOST_WORDS_WITHOUT) && WITHOUT.matcher(sentence).find()) return true;
        return DENIES.matcher(sentence).find()
                || ENDS_DENYING.matcher(sentence).find()
                || TURKISH.matcher(sentence.substring(Math.max(0, sentence.length() - LONGEST_TURKISH_WORD)))
                        .find();
    }

    private static boolean isShort(String sentence, int mostWords) {
        boolean isUnspaced = sentence.chars().anyMatch(c -> Words.isUnspaced((char) c));
        return isUnspaced
                ? sentence.length() <= LONGEST_UNSPACED
                : Words.plain(sentence).size() <= mostWords;
    }

    /** "If a code cannot be read, ..." demands what follows. */
    static boolean isConditional(String before) {
        return CONDITION.matcher(before).find();
    }

    /** Whether a label ends with words that forbid: "Guests may not". */
    static boolean endsProhibiting(String label) {
        var words = Words.normalised(label);
        for (var phrase : PROHIBITIONS) {
            // The verb of "may not ask for the following" follows in scripts without blanks.
            boolean isUnspaced = Words.isUnspaced(phrase.charAt(0));
            if (isUnspaced
                    ? words.contains(phrase) && words.contains("以下") || words.endsWith(phrase)
                    : words.endsWith(" " + phrase)) return true;
        }
        return false;
    }
}
