package io.taskweaver.bench.inference;

import io.taskweaver.scheduling.inference.Inference;
import io.taskweaver.scheduling.inference.PairEvidence;
import io.taskweaver.scheduling.inference.PairModel;
import io.taskweaver.scheduling.inference.PairSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Likelihoods of the pairs of each plan by weights that were learned from the other plans only. */
final class HeldOut {
    private static final double LEAST = 0.12;
    private static final double STEP = 0.02;
    private static final int THRESHOLDS = 17;
    /** What share of the threshold is enough for a task's likeliest pair. */
    private static final double[] SHARES = {0.35, 0.5, 0.65, 0.8, 1};

    /**
     * A plan with its likelihoods.
     *
     * @param likelihoods by pair, not calibrated
     */
    record Judged(LabelledPlan plan, PairEvidence evidence, double[] likelihoods) {
        boolean isRight(int of, int on) {
            return plan.needs().get(of).contains(on);
        }
    }

    /** How likelihoods become confidence (Platt 1999), and from where on pairs are taken. */
    record Tuning(double slope, double offset, double threshold, double atLeast) {
        double confidence(double likelihood) {
            double odds = Math.log(likelihood / (1 - likelihood));
            return 1 / (1 + Math.exp(-(slope * odds + offset)));
        }
    }

    final List<Judged> all = new ArrayList<>();

    HeldOut(List<LabelledPlan> plans, InferenceTraining training) {
        for (int plan = 0; plan < plans.size(); plan++) {
            var evidence = training.evidence(plan, Set.of());
            var weighing = training.weighing(Set.of(plan));
            all.add(new Judged(plans.get(plan), evidence, Inference.likelihoods(evidence, weighing)));
        }
        if (all.isEmpty()) throw new IllegalArgumentException("no labelled plan");
    }

    /** Tuned by all plans but one; by all for -1. */
    Tuning tuning(int without) {
        var rows = new ArrayList<double[]>();
        var labels = new ArrayList<Boolean>();
        var used = new ArrayList<Judged>();
        for (int plan = 0; plan < all.size(); plan++) {
            if (plan == without) continue;
            var judged = all.get(plan);
            used.add(judged);
            for (int of = 0; of < judged.evidence.subjects(); of++)
                for (int pair = judged.evidence.first(of); pair < judged.evidence.first(of + 1); pair++) {
                    double p = judged.likelihoods[pair];
                    rows.add(new double[] {Math.log(p / (1 - p))});
                    labels.add(judged.isRight(of, judged.evidence.on(pair)));
                }
        }
        var right = new boolean[labels.size()];
        for (int i = 0; i < right.length; i++) right[i] = labels.get(i);
        var fit = Regression.logistic(rows, right, 1e-6);
        var calibrated = new Tuning(fit.weights()[0], fit.intercept(), 1, 1);
        return best(calibrated, used);
    }

    /** Of neighbouring thresholds the mean is compared, since single ones are best by chance. */
    private static Tuning best(Tuning calibrated, List<Judged> used) {
        var scores = new double[THRESHOLDS][SHARES.length];
        for (int threshold = 0; threshold < THRESHOLDS; threshold++)
            for (int share = 0; share < SHARES.length; share++) {
                var score = new Score();
                for (var judged : used) score.add(judged.plan, taken(judged, tried(calibrated, threshold, share)));
                scores[threshold][share] = score.f1();
            }
        double best = -1;
        var tuning = calibrated;
        for (int threshold = 0; threshold < THRESHOLDS; threshold++)
            for (int share = 0; share < SHARES.length; share++) {
                double mean = around(scores, threshold, share);
                if (mean <= best) continue;
                best = mean;
                tuning = tried(calibrated, threshold, share);
            }
        return tuning;
    }

    private static Tuning tried(Tuning calibrated, int threshold, int share) {
        double from = LEAST + STEP * threshold;
        return new Tuning(calibrated.slope, calibrated.offset, from, from * SHARES[share]);
    }

    private static double around(double[][] scores, int threshold, int share) {
        double sum = 0;
        for (int down = -1; down <= 1; down++)
            for (int across = -1; across <= 1; across++)
                sum += scores[Math.clamp(threshold + down, 0, THRESHOLDS - 1)][
                        Math.clamp(share + across, 0, SHARES.length - 1)];
        return sum;
    }

    /** Pairs that are taken of a plan; each likelihood is a confidence. */
    static List<PairSelection.Pair> taken(Judged judged, Tuning tuning) {
        return PairSelection.of(judged.evidence, confidences(judged, tuning), tuning.threshold, tuning.atLeast);
    }

    /** By pair. */
    static double[] confidences(Judged judged, Tuning tuning) {
        var confidences = new double[judged.likelihoods.length];
        for (int pair = 0; pair < confidences.length; pair++)
            confidences[pair] = tuning.confidence(judged.likelihoods[pair]);
        return confidences;
    }

    PairModel tune(PairModel weighing) {
        var tuning = tuning(-1);
        var terms = weighing.terms().stream()
                .map(term -> new PairModel.Term(term.features(), tuning.slope * term.weight()))
                .toList();
        return new PairModel(
                tuning.slope * weighing.intercept() + tuning.offset, terms, tuning.threshold, tuning.atLeast);
    }
}
