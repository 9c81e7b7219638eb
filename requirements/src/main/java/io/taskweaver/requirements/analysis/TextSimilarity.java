package io.taskweaver.requirements.analysis;

import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;

/** Which of some texts says most nearly the same as another one: by the words that they share, rare ones first. */
public final class TextSimilarity {
    static final TextSimilarity NONE = new TextSimilarity(List.of());
    private static final double HALF = 0.5;
    private static final int BEGINNING = 6;
    private static final int FEW_WORDS = 3;
    /** Words in so many of the texts tell nothing and would make every search long. */
    private static final int COMMON = 200;

    private final List<Set<String>> words = new ArrayList<>();
    private final Map<String, List<Integer>> having = new HashMap<>();
    private final double[] weights;

    private TextSimilarity(List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            var own = beginnings(texts.get(i));
            words.add(own);
            for (var word : own)
                having.computeIfAbsent(word, key -> new ArrayList<>()).add(i);
        }
        weights = new double[texts.size()];
        for (int i = 0; i < weights.length; i++) weights[i] = weight(words.get(i));
    }

    /** Similarity to texts, which are named by their index. */
    public static TextSimilarity of(List<String> texts) {
        return new TextSimilarity(texts);
    }

    /** The text that shares most words; -1 if none shares at least half of the shorter of the two. */
    int mostShared(String text) {
        var own = beginnings(text);
        var shared = new TreeMap<Integer, Integer>();
        for (var word : own) for (int other : sharing(word)) shared.merge(other, 1, Integer::sum);
        int best = -1;
        int most = 0;
        for (var entry : shared.entrySet()) {
            int smaller = Math.min(own.size(), words.get(entry.getKey()).size());
            boolean alike = entry.getValue() >= HALF * smaller && entry.getValue() > (smaller > 2 ? 1 : 0);
            if (alike && entry.getValue() > most) {
                most = entry.getValue();
                best = entry.getKey();
            }
        }
        return best;
    }

    /** The text that has most of the weight of another one's words; -1 if none has the given share of it. */
    public int mostCovering(String text, double share) {
        var own = beginnings(text);
        double whole = weight(own);
        return best(own, other -> whole, share);
    }

    /** The text of which another one has most of the weight; -1 if the other one has the given share of none. */
    int mostCovered(String text, double share) {
        return best(beginnings(text), other -> weights[other], share);
    }

    private int best(Set<String> own, IntToDoubleFunction whole, double share) {
        var scores = new TreeMap<Integer, Double>();
        var counts = new HashMap<Integer, Integer>();
        for (var word : own) {
            for (int other : sharing(word)) {
                scores.merge(other, weightOf(word), Double::sum);
                counts.merge(other, 1, Integer::sum);
            }
        }
        int best = -1;
        double most = 0;
        for (var entry : scores.entrySet()) {
            double part = entry.getValue() / whole.applyAsDouble(entry.getKey());
            boolean enough = counts.getOrDefault(entry.getKey(), 0) > 1 || own.size() <= FEW_WORDS;
            if (enough && part >= share && part > most) {
                most = part;
                best = entry.getKey();
            }
        }
        return best;
    }

    /** Who has a word; nobody if too many have it. */
    private List<Integer> sharing(String word) {
        Effort.step();
        var holders = having.getOrDefault(word, List.of());
        return holders.size() > COMMON ? List.of() : holders;
    }

    private double weight(Set<String> some) {
        double sum = 0;
        for (var word : some) sum += weightOf(word);
        return sum;
    }

    private double weightOf(String word) {
        int holders = having.getOrDefault(word, List.of()).size();
        return Math.log(1 + (words.size() + 1.0) / (1 + holders));
    }

    /**
     * The first letters of the words that carry meaning: "shorten" and "shortening" are the same. Their stems would bring
     * more together than belongs together: a "staged" status and the command "stage".
     */
    private static Set<String> beginnings(String text) {
        return Words.content(text).stream()
                .map(word -> word.substring(0, Math.min(word.length(), BEGINNING)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
