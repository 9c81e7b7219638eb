package io.taskweaver.domain.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which of the weighed pairs are taken. */
public final class Selection {
    private Selection() {}

    /** A pair that was taken. */
    public record Pair(int of, int on, int index, double likelihood) {}

    /**
     * All pairs from a threshold on, and of each subject the likeliest from a lower one on; without circles.
     *
     * @param likelihoods by pair
     */
    public static List<Pair> of(Evidence evidence, double[] likelihoods, double threshold, double atLeast) {
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
        return withoutCircles(taken, evidence.subjects());
    }

    /** Takes the likeliest pairs of each knot first, and leaves out a pair that would close a circle. */
    private static List<Pair> withoutCircles(List<Pair> pairs, int size) {
        var knots = Knots.of(pairs, size);
        var acyclic = new Acyclic(size);
        var kept = new ArrayList<Pair>();
        var knotted = new ArrayList<Pair>();
        for (var pair : pairs) (knots[pair.of()] == knots[pair.on()] ? knotted : kept).add(pair);
        knotted.sort(Comparator.comparingDouble(Pair::likelihood)
                .reversed()
                .thenComparingInt(Pair::of)
                .thenComparingInt(Pair::on));
        for (var pair : knotted) if (acyclic.add(pair.of(), pair.on())) kept.add(pair);
        kept.sort(Comparator.comparingInt(Pair::of).thenComparingInt(Pair::on));
        return kept;
    }
}
