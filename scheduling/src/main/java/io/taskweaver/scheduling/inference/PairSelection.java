package io.taskweaver.scheduling.inference;

import io.taskweaver.scheduling.graph.StronglyConnectedComponents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the weighed pairs are taken. */
public final class PairSelection {
    /** By how much a pair has to be above the threshold if likelier pairs imply it. */
    private static final double SURE = 0.1;

    private PairSelection() {}

    /** A pair that was taken. */
    public record Pair(int of, int on, int index, double likelihood) {}

    /**
     * All pairs from a threshold on, and of each subject the likeliest from a lower one on; without circles, and where the
     * order of the subjects says nothing without most of what others imply.
     *
     * @param likelihoods by pair
     */
    public static List<Pair> of(PairEvidence evidence, double[] likelihoods, double threshold, double atLeast) {
        var taken = new ArrayList<Pair>();
        for (int of = 0; of < evidence.subjects(); of++) {
            int best = -1;
            for (int pair = evidence.first(of); pair < evidence.first(of + 1); pair++)
                if (best < 0 || likelihoods[pair] > likelihoods[best]) best = pair;
            for (int pair = evidence.first(of); pair < evidence.first(of + 1); pair++) {
                double least = pair == best ? Math.min(atLeast, threshold) : threshold;
                if (likelihoods[pair] >= least) taken.add(new Pair(of, evidence.on(pair), pair, likelihoods[pair]));
            }
        }
        var kept = withoutCircles(taken, evidence.subjects());
        // In a list the place says which of them is meant; without one, what comes early seems needed by all.
        return evidence.isOrdered() ? kept : withoutImplied(kept, evidence.subjects(), threshold);
    }

    /** Leaves out what two likelier pairs imply, unless it is sure by itself. */
    private static List<Pair> withoutImplied(List<Pair> pairs, int size, double threshold) {
        var likelihoods = new ArrayList<Map<Integer, Double>>(size);
        for (int subject = 0; subject < size; subject++) likelihoods.add(new HashMap<>());
        for (var pair : pairs) likelihoods.get(pair.of()).put(pair.on(), pair.likelihood());
        return pairs.stream()
                .filter(pair -> pair.likelihood() >= threshold + SURE || !isImplied(pair, likelihoods))
                .toList();
    }

    private static boolean isImplied(Pair pair, List<Map<Integer, Double>> likelihoods) {
        for (var first : likelihoods.get(pair.of()).entrySet()) {
            double then = likelihoods.get(first.getKey()).getOrDefault(pair.on(), -1.0);
            if (Math.min(first.getValue(), then) >= pair.likelihood()) return true;
        }
        return false;
    }

    private static int[][] successors(List<Pair> pairs, int size) {
        var degrees = new int[size];
        for (var pair : pairs) degrees[pair.of()]++;
        var successors = new int[size][];
        for (int node = 0; node < size; node++) successors[node] = new int[degrees[node]];
        for (var pair : pairs) successors[pair.of()][--degrees[pair.of()]] = pair.on();
        return successors;
    }

    /** Takes the likeliest pairs of each component first, and leaves out a pair that would close a circle. */
    private static List<Pair> withoutCircles(List<Pair> pairs, int size) {
        var components = StronglyConnectedComponents.of(successors(pairs, size));
        var acyclic = new AcyclicGraph(size);
        var kept = new ArrayList<Pair>();
        var circular = new ArrayList<Pair>();
        for (var pair : pairs) (components[pair.of()] == components[pair.on()] ? circular : kept).add(pair);
        circular.sort(Comparator.comparingDouble(Pair::likelihood)
                .reversed()
                .thenComparingInt(Pair::of)
                .thenComparingInt(Pair::on));
        for (var pair : circular) if (acyclic.add(pair.of(), pair.on())) kept.add(pair);
        kept.sort(Comparator.comparingInt(Pair::of).thenComparingInt(Pair::on));
        return kept;
    }
}
