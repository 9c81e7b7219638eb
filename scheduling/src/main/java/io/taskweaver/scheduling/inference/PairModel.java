package io.taskweaver.scheduling.inference;

import java.util.List;

/**
 * Logistic regression over features and products of two: how likely a pair is a need.
 *
 * @param terms what counts, and how much
 * @param threshold likelihood from which a pair is taken, where as many as possible should be right both ways (F1)
 * @param atLeast likelihood from which a task's likeliest pair is taken, even below the threshold
 */
public record PairModel(double intercept, List<Term> terms, double threshold, double atLeast) {
    /** A feature, or the product of two, with its weight. */
    public record Term(List<Feature> features, double weight) {
        public Term {
            features = List.copyOf(features);
            if (features.isEmpty()) throw new IllegalArgumentException("a term needs a feature");
        }

        /** The feature of a pair, or the product. */
        public double value(PairEvidence evidence, int pair) {
            double value = 1;
            for (var feature : features) value *= evidence.value(feature, pair);
            return value;
        }
    }

    public PairModel {
        terms = List.copyOf(terms);
    }

    /** Likelihood of a pair, 0 to 1. */
    public double likelihood(PairEvidence evidence, int pair) {
        double sum = intercept;
        for (var term : terms) sum += term.weight() * term.value(evidence, pair);
        return 1 / (1 + Math.exp(-sum));
    }
}
