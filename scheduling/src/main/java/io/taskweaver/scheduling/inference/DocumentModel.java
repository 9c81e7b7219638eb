package io.taskweaver.scheduling.inference;

import io.taskweaver.scheduling.inference.DocumentEvidence.Measure;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the evidence of documents is weighed; scores are the logarithm of odds.
 *
 * @param threshold score from which a need is taken
 * @param another by how much more with each need that a requirement has already: most have one or two
 * @param implied by how much more where other needs imply it
 * @param slope how scores become confidence, together with the offset: how likely the one has to wait for the other,
 *     directly or by way of others
 */
public record DocumentModel(
        double intercept,
        Map<Measure, Double> weights,
        double threshold,
        double another,
        double implied,
        double slope,
        double offset) {
    public DocumentModel {
        weights = Map.copyOf(weights);
    }

    static DocumentModel of(Map<String, Double> part) {
        var weights = new EnumMap<Measure, Double>(Measure.class);
        for (var measure : Measure.values()) weights.put(measure, part.getOrDefault(measure.name(), 0.0));
        return new DocumentModel(
                part.getOrDefault("intercept", 0.0),
                weights,
                part.getOrDefault("threshold", 0.0),
                part.getOrDefault("another", 0.0),
                part.getOrDefault("implied", 0.0),
                part.getOrDefault("slope", 1.0),
                part.getOrDefault("offset", 0.0));
    }

    /** By {@link Measure#ordinal}. */
    public double score(double[] measured) {
        double sum = intercept;
        for (var measure : Measure.values()) sum += weights.getOrDefault(measure, 0.0) * measured[measure.ordinal()];
        return sum;
    }

    double confidence(double score) {
        return 1 / (1 + Math.exp(-(slope * score + offset)));
    }
}
