package io.taskweaver.scheduling.inference;

import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * Takes texts apart into terms: the stems of words, of names and of their parts; English stop words left out. One reader is
 * for the texts of one plan, as it keeps all stems.
 */
final class TermReader {
    private static final Set<String> STOP_WORDS = Words.set("""
        a an and are as at be but by for if in into is it no not of on or such that the their then there these they this
        to was will with
        """);

    /** The stems that were asked for. */
    private final Map<String, String> stems = new ConcurrentHashMap<>();

    /** The terms of a text, in order; a term as often as it stands there. */
    List<String> terms(String text) {
        var terms = new ArrayList<String>();
        read(text, (term, word) -> terms.add(term));
        return terms;
    }

    /** For each term of a text the words that it was first made of, in order. */
    Map<String, String> words(String text) {
        var words = new LinkedHashMap<String, String>();
        read(text, words::putIfAbsent);
        return words;
    }

    private void read(String text, BiConsumer<String, String> taker) {
        for (var name : Words.names(text)) {
            var parts = Words.parts(name);
            if (parts.size() > 1 && !Words.isUnspaced(name.charAt(0))) term(name, taker);
            for (var part : parts) term(part, taker);
        }
    }

    private void term(String word, BiConsumer<String, String> taker) {
        var lower = Words.lower(word);
        if (lower.length() > 1 && !STOP_WORDS.contains(lower))
            taker.accept(stems.computeIfAbsent(lower, Words::stem), word);
    }
}
