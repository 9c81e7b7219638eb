package io.taskweaver.scheduling.inference;

import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Phrases found at a place of a text. A {@code *} at a word's end stands for any ending; in scripts without blanks
 * between words a phrase may stand anywhere.
 */
final class PhraseTable {
    private static final int PREFIX = 2;

    /** By what the first word begins with. */
    private final Map<String, List<List<String>>> phrases = new HashMap<>();

    private final List<String> unspaced = new ArrayList<>();

    void add(String phrase) {
        if (Words.isUnspaced(phrase.charAt(0))) {
            unspaced.add(phrase);
            return;
        }
        var words = new ArrayList<String>();
        for (var word : phrase.split("[^\\p{L}\\p{N}*]+")) if (!word.isEmpty()) words.add(word);
        if (!words.isEmpty())
            phrases.computeIfAbsent(key(words.getFirst()), key -> new ArrayList<>())
                    .add(words);
    }

    private static String key(String word) {
        var plain = word.endsWith("*") ? word.substring(0, word.length() - 1) : word;
        return plain.substring(0, Math.min(PREFIX, plain.length()));
    }

    /** How many words from a place on the longest phrase there has; 0 if there is none. */
    int at(List<String> words, int from) {
        int longest = 0;
        for (var phrase : phrases.getOrDefault(key(words.get(from)), List.of()))
            if (phrase.size() > longest && isAt(phrase, words, from)) longest = phrase.size();
        var word = words.get(from);
        if (longest == 0 && Words.isUnspaced(word.charAt(0)) && isPartOf(word)) return 1;
        return longest;
    }

    private boolean isPartOf(String word) {
        for (var phrase : unspaced) if (word.contains(phrase)) return true;
        return false;
    }

    /** A text in which blanks stand for the phrases of scripts without blanks between words. */
    String without(String text) {
        var rest = text;
        for (var phrase : unspaced) if (phrase.length() > 1) rest = rest.replace(phrase, " ");
        return rest;
    }

    private static boolean isAt(List<String> phrase, List<String> words, int from) {
        if (from + phrase.size() > words.size()) return false;
        for (int i = 0; i < phrase.size(); i++) {
            var asked = phrase.get(i);
            var word = words.get(from + i);
            boolean open = asked.endsWith("*");
            if (!(open ? word.startsWith(asked.substring(0, asked.length() - 1)) : word.equals(asked))) return false;
        }
        return true;
    }

    boolean isIn(List<String> words) {
        for (int from = 0; from < words.size(); from++) if (at(words, from) > 0) return true;
        return false;
    }

    boolean begins(List<String> words) {
        return !words.isEmpty() && at(words, 0) > 0;
    }
}
