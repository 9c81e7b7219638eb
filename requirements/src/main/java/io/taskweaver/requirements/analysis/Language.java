package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether the table of words has the language of a document: by its script, and by how many of its words are those of one
 * language that the table has.
 */
final class Language {
    private static final Set<Character.UnicodeScript> SCRIPTS = Set.of(
            Character.UnicodeScript.LATIN,
            Character.UnicodeScript.CYRILLIC,
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL,
            Character.UnicodeScript.ARABIC,
            // Digits and marks, and marks above letters.
            Character.UnicodeScript.COMMON,
            Character.UnicodeScript.INHERITED);

    private static final int FEWEST_LETTERS_OF_WORD = 2;
    /** Fewer say nothing. */
    private static final int FEWEST_WORDS = 25;

    private static final int MOST_WORDS = 2_000;
    private static final double FEWEST_KNOWN = 0.2;
    private static final double MOST_FOREIGN = 0.5;
    private static final double MOST_SPACED = 0.9;
    private static final Pattern CODE = Pattern.compile("`[^`]*`|https?://\\S+");

    private Language() {}

    /** A remark on a document whose language the table does not have. */
    static Optional<ReadingNotice> unknown(Document document) {
        var words = words(document);
        var foreign = words.stream()
                .filter(word -> !SCRIPTS.contains(Character.UnicodeScript.of(word.codePointAt(0))))
                .count();
        var spaced =
                words.stream().filter(word -> !Words.isUnspaced(word.charAt(0))).toList();
        boolean isForeign = foreign > words.size() * MOST_FOREIGN;
        boolean isUnknown = spaced.size() >= FEWEST_WORDS
                && spaced.size() >= words.size() * MOST_SPACED
                && known(spaced) < spaced.size() * FEWEST_KNOWN;
        return isForeign || isUnknown ? Optional.of(notice(document.path())) : Optional.empty();
    }

    /** How many words are of the language that has most of them. */
    private static long known(List<String> words) {
        return Lexicon.languages().values().stream()
                .mapToLong(language -> words.stream().filter(language::contains).count())
                .max()
                .orElse(0);
    }

    /** The first words, without those of code. */
    private static List<String> words(Document document) {
        var words = new ArrayList<String>();
        boolean inCode = false;
        for (var line : (Iterable<String>) document.content().lines()::iterator) {
            if (line.strip().startsWith("```")) inCode = !inCode;
            if (inCode || words.size() >= MOST_WORDS) continue;
            for (var word : Words.plain(CODE.matcher(line).replaceAll(" ")))
                if (word.length() >= FEWEST_LETTERS_OF_WORD && Character.isLetter(word.charAt(0))) words.add(word);
        }
        return words;
    }

    private static ReadingNotice notice(String path) {
        return new ReadingNotice(
                "unknown-language",
                path
                        + " is in a language that the table of words does not have: it was read by ids, boxes, cells and lists only, so check"
                        + " what is excluded, done or prohibited in it. Add the language's rows to lexicon.tsv"
                        + " (docs/documents.md, Languages), or write headings and columns in a known one.",
                Optional.of(new SourceSpan(path, 1, 1)));
    }
}
