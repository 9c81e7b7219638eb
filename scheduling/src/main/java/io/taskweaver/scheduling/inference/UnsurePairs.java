package io.taskweaver.scheduling.inference;

import io.taskweaver.scheduling.inference.PairSelection.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of the weighed pairs of a list are neither surely needs nor surely none. */
public final class UnsurePairs {
    /** From this likelihood on a pair that is taken is not questioned. */
    public static final double SURE = 0.7;

    /** A pair that is not taken may still be one from this likelihood on. */
    private static final double LEAST = 0.08;

    /** How many of the likeliest that are not taken there are of each subject. */
    private static final int MOST = 4;

    private UnsurePairs() {}

    /**
     * Of each subject the pairs that were taken without being sure, and the likeliest of the others; by subject.
     *
     * @param likelihoods by pair
     * @param taken the pairs that were selected
     */
    public static List<Pair> of(PairEvidence evidence, double[] likelihoods, List<Pair> taken) {
        Set<Integer> selected = new HashSet<>();
        for (var pair : taken) selected.add(pair.index());
        var unsure = new ArrayList<Pair>();
        for (int of = 0; of < evidence.subjects(); of++) {
            var others = new ArrayList<Pair>();
            for (int index = evidence.first(of); index < evidence.first(of + 1); index++) {
                var pair = new Pair(of, evidence.on(index), index, likelihoods[index]);
                if (!selected.contains(index) && pair.likelihood() >= LEAST) others.add(pair);
                else if (selected.contains(index) && pair.likelihood() < SURE) unsure.add(pair);
            }
            others.sort(Comparator.comparingDouble(Pair::likelihood).reversed());
            unsure.addAll(others.subList(0, Math.min(MOST, others.size())));
        }
        unsure.sort(Comparator.comparingInt(Pair::of).thenComparingInt(Pair::on));
        return unsure;
    }
}
