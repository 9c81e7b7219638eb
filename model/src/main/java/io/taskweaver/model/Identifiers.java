package io.taskweaver.model;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Turns any text into words that Java identifiers can be made of: ASCII letters and digits, never empty. */
final class Identifiers {
    /** Longest identifier made here, so that file names built of two of them stay below 255 bytes. */
    static final int MAX_LENGTH = 60;

    private static final int LONGEST_ACRONYM = 4;

    private static final Map<Integer, String> LETTERS = Map.ofEntries(
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'Æ', "Ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'Œ', "Oe"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'Ø', "O"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'Đ', "D"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'Þ', "Th"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'Ł', "L"),
            Map.entry((int) 'ı', "i"));

    /** Apostrophes join what they stand between: "user's" is one word. */
    private static final Set<Integer> JOINERS = Set.of((int) '\'', 0x2019, 0x02BC);

    private Identifiers() {}

    /** The words of a text: runs of letters and digits, transliterated or else written as hexadecimal code points. */
    static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        int previous = ' ';
        for (int codePoint : Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .filter(c -> !isMark(c) && !JOINERS.contains(c))
                .toArray()) {
            if (Character.isLetterOrDigit(codePoint)) {
                word.append(ascii(codePoint));
            } else {
                flush(word, words);
                symbol(codePoint, previous).ifPresent(words::add);
            }
            previous = codePoint;
        }
        flush(word, words);
        return words;
    }

    /** Every code point in hexadecimal: what stands for a text in which there is no word. */
    static String hex(String text) {
        var hex = new StringBuilder();
        text.codePoints().forEach(c -> hex.append(hex(c)));
        return hex.toString();
    }

    /** The word with its first letter in upper case; a long word in capitals is taken as shouted and calmed. */
    static String capitalised(String word) {
        boolean shouted = word.length() > LONGEST_ACRONYM
                && word.equals(word.toUpperCase(Locale.ROOT))
                && !word.equals(word.toLowerCase(Locale.ROOT));
        var rest = word.substring(1);
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + (shouted ? rest.toLowerCase(Locale.ROOT) : rest);
    }

    /** The identifier, cut to {@link #MAX_LENGTH}; a hash of the original text keeps cut ones distinct. */
    static String bounded(String identifier, String text) {
        if (identifier.length() <= MAX_LENGTH) return identifier;
        var hash = "X%08x".formatted(text.hashCode());
        return identifier.substring(0, MAX_LENGTH - hash.length()) + hash;
    }

    static boolean isKeyword(String word) {
        return SourceVersion.isKeyword(word, SourceVersion.RELEASE_25);
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private static String ascii(int codePoint) {
        if (codePoint < 128) return Character.toString(codePoint);
        int digit = Character.digit(codePoint, 10);
        if (digit >= 0) return Integer.toString(digit);
        var letters = LETTERS.get(codePoint);
        return letters == null ? hex(codePoint) : letters;
    }

    private static String hex(int codePoint) {
        return "u%04x".formatted(codePoint);
    }

    private static Optional<String> symbol(int codePoint, int previous) {
        return switch (codePoint) {
            case '&' -> Optional.of("and");
            case '+' -> Optional.of("plus");
            case '#' -> Character.isLetter(previous) ? Optional.of("sharp") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) words.add(word.toString());
        word.setLength(0);
    }
}
