package io.taskweaver.scheduling.inference;

import io.taskweaver.model.effort.Effort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Infers which tasks need which from what they say. Start reading here: an index finds candidate pairs
 * ({@link Candidates}), features measure each ({@link PairEvidence}), a logistic regression learned from labelled plans weighs
 * them ({@link PairModel}), and the likeliest are taken, without circles ({@link PairSelection}).
 */
public final class Inference {
    /** What the order of the subjects says. */
    public enum Order {
        /** A list in which what is needed tends to come first: nobody needs a later one. */
        LISTED,
        /** Nothing. */
        NONE
    }

    private Inference() {}

    /** The needs that are as right as they are complete, by the learned threshold; without circles, by subject. */
    public static List<Inferred> edges(List<Subject> subjects, Order order) {
        var weighing = weighing(LearnedParameters.shipped(), order);
        return edges(subjects, order, weighing.threshold(), weighing.atLeast(), (of, on, confidence, defines) -> true);
    }

    /** The needs whose confidence is at least a threshold; without circles, by subject. */
    public static List<Inferred> edges(List<Subject> subjects, Order order, double threshold) {
        return edges(subjects, order, threshold, threshold, (of, on, confidence, defines) -> true);
    }

    /** Which needs are of interest: to put each into words would take as long as all else. */
    public interface Wanted {
        /**
         * Whether a need is.
         *
         * @param defines whether {@code on} makes what {@code of} uses by its name
         */
        boolean test(int of, int on, double confidence, boolean defines);
    }

    /** The needs that are wanted, of those whose confidence is at least a threshold; without circles, by subject. */
    public static List<Inferred> edges(List<Subject> subjects, Order order, double threshold, Wanted wanted) {
        return edges(subjects, order, threshold, threshold, wanted);
    }

    /** What may be needed besides {@link #edges(List, Order)}: a few for each subject, by subject. */
    public static List<Inferred> possible(List<Subject> subjects, Order order) {
        var learned = LearnedParameters.shipped();
        var weighing = weighing(learned, order);
        var evidence = PairEvidence.measure(subjects, order == Order.LISTED, learned.place());
        var likelihoods = likelihoods(evidence, weighing);
        var taken = PairSelection.of(evidence, likelihoods, weighing.threshold(), weighing.atLeast());
        var needs = new HashSet<Integer>();
        for (var pair : taken) needs.add(pair.index());
        var reasons = new Reasons(subjects);
        return UnsurePairs.of(evidence, likelihoods, taken).stream()
                .filter(pair -> !needs.contains(pair.index()))
                .map(pair -> inferred(pair, order, reasons))
                .toList();
    }

    private static List<Inferred> edges(
            List<Subject> subjects, Order order, double threshold, double atLeast, Wanted wanted) {
        var learned = LearnedParameters.shipped();
        var weighing = weighing(learned, order);
        var evidence = PairEvidence.measure(subjects, order == Order.LISTED, learned.place());
        var reasons = new Reasons(subjects);
        var edges = new ArrayList<Inferred>();
        for (var pair : PairSelection.of(evidence, likelihoods(evidence, weighing), threshold, atLeast)) {
            Effort.step();
            if (!wanted.test(pair.of(), pair.on(), pair.likelihood(), evidence.defines(pair.of(), pair.on()))) continue;
            edges.add(inferred(pair, order, reasons));
        }
        return edges;
    }

    private static Inferred inferred(PairSelection.Pair pair, Order order, Reasons reasons) {
        boolean next = order == Order.LISTED && pair.on() == pair.of() - 1;
        var reason = reasons.of(pair.of(), pair.on(), next);
        return new Inferred(pair.of(), pair.on(), reason.basis(), reason.because(), pair.likelihood());
    }

    private static PairModel weighing(LearnedParameters learned, Order order) {
        return order == Order.LISTED ? learned.listed() : learned.unlisted();
    }

    /** Likelihood of each pair, by its index. */
    public static double[] likelihoods(PairEvidence evidence, PairModel weighing) {
        var likelihoods = new double[evidence.size()];
        for (int pair = 0; pair < likelihoods.length; pair++) likelihoods[pair] = weighing.likelihood(evidence, pair);
        return likelihoods;
    }
}
