package io.taskweaver.bench.inference;

import io.taskweaver.scheduling.inference.DocumentModel;
import io.taskweaver.scheduling.inference.Feature;
import io.taskweaver.scheduling.inference.LearnedParameters;
import io.taskweaver.scheduling.inference.OrderPosition;
import io.taskweaver.scheduling.inference.PairEvidence;
import io.taskweaver.scheduling.inference.PairModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Learns places and weights from labelled plans. */
final class InferenceTraining {
    private static final double PLACE_PENALTY = 15;
    private static final double PENALTY = 5;
    /** A word counts for places if the titles of so many plans have it. */
    private static final int PLANS_WITH_WORD = 4;

    static final List<String> LISTED = List.of(
            "TEXTS_ALIKE_RANK",
            "TITLE_IN_TEXT",
            "LIST_PLACE",
            "LIST_LAST",
            "TEXT_HAS_TITLE_BEST",
            "PLACE_DISTANCE",
            "LIST_NEXT",
            "DEFINITION_ROW",
            "DEPLOYMENT",
            "TITLES_ALIKE",
            "TITLES_ALIKE_COLUMN",
            "PHRASE_ROW",
            "PLACE_RANK",
            "SETUP",
            "LIST_NEXT_ALIKE",
            "TEXTS_ALIKE_COLUMN",
            "WHOLE_LATE",
            "LENGTHS",
            "TITLE_IN_TEXT * LENGTHS",
            "TITLE_IN_TEXT * LIST_LAST",
            "TEXTS_ALIKE_RANK * TITLES_ALIKE_COLUMN",
            "DEPLOYMENT * LIST_NEXT_ALIKE",
            "SETUP * LIST_NEXT_ALIKE",
            "TEXTS_ALIKE_COLUMN * WHOLE_LATE",
            "TYPE_BELOW",
            "MAKES_USED",
            "TYPE_SET_UP",
            "TYPE_DOCUMENTS",
            "DOCUMENTS_LATE",
            "TYPE_SERVICE");
    static final List<String> UNLISTED = List.of(
            "PLACE_DISTANCE",
            "TITLE_IN_TEXT",
            "SIZE",
            "TEXTS_ALIKE_COLUMN",
            "LAYER_ABOVE",
            "DEFINITION_ROW",
            "PLACE_RANK",
            "TEXT_HAS_TITLE_ROW",
            "TITLES_ALIKE",
            "TITLES_ALIKE_COLUMN",
            "TITLE_IN_HEAD_BEST",
            "PLACE_FIRST",
            "PHRASE_ROW",
            "TITLE_IN_TEXT * TEXTS_ALIKE_COLUMN",
            "PLACE_RANK * PLACE_FIRST",
            "TITLE_IN_TEXT * TITLES_ALIKE");

    private final List<LabelledPlan> plans;
    private final List<LabelledPlan> judged;
    private final boolean listed;
    private final List<PairModel.Term> terms;
    private final Map<Set<Integer>, OrderPosition> places = new LinkedHashMap<>();

    /**
     * @param plans in the order that their authors gave them, which places are learned from
     * @param judged the same plans in the order in which pairs are judged
     */
    InferenceTraining(List<LabelledPlan> plans, List<LabelledPlan> judged, boolean listed) {
        this.plans = plans;
        this.judged = judged;
        this.listed = listed;
        this.terms = (listed ? LISTED : UNLISTED)
                .stream()
                        .map(name -> new PairModel.Term(
                                List.of(name.split(" \\* ")).stream()
                                        .map(Feature::valueOf)
                                        .toList(),
                                1))
                        .toList();
    }

    /** Places learned from all plans but some. */
    OrderPosition place(Set<Integer> without) {
        return places.computeIfAbsent(without, key -> learnPlace(without));
    }

    private OrderPosition learnPlace(Set<Integer> without) {
        var rows = new ArrayList<Map<String, Double>>();
        var targets = new ArrayList<Double>();
        var used = new TreeMap<String, Set<Integer>>();
        for (int plan = 0; plan < plans.size(); plan++) {
            if (without.contains(plan)) continue;
            var cues = OrderPosition.cuesOf(plans.get(plan).subjects());
            for (int i = 0; i < cues.size(); i++) {
                rows.add(cues.get(i));
                targets.add((double) i / Math.max(1, cues.size() - 1) - 0.5);
                for (var cue : cues.get(i).keySet())
                    used.computeIfAbsent(cue, key -> new HashSet<>()).add(plan);
            }
        }
        var columns = new TreeSet<String>();
        used.forEach((cue, in) -> {
            if (!cue.startsWith("word ") || in.size() >= PLANS_WITH_WORD) columns.add(cue);
        });
        var names = List.copyOf(columns);
        var table = rows.stream()
                .map(row -> names.stream()
                        .mapToDouble(name -> row.getOrDefault(name, 0.0))
                        .toArray())
                .toList();
        var fit = Regression.ridge(
                table, targets.stream().mapToDouble(target -> target).toArray(), PLACE_PENALTY);
        var weights = new LinkedHashMap<String, Double>();
        for (int i = 0; i < names.size(); i++) weights.put(names.get(i), fit.weights()[i]);
        return new OrderPosition(fit.intercept(), weights);
    }

    /** Evidence of a plan whose place in the list no one looked at to learn places; nor at the other's. */
    PairEvidence evidence(int plan, Set<Integer> without) {
        var unseen = new HashSet<>(without);
        unseen.add(plan);
        return PairEvidence.measure(judged.get(plan).subjects(), listed, place(Set.copyOf(unseen)));
    }

    /** Weights learned from all plans but some; the thresholds are still open. */
    PairModel weighing(Set<Integer> without) {
        var rows = new ArrayList<double[]>();
        var labels = new ArrayList<Boolean>();
        for (int plan = 0; plan < plans.size(); plan++) {
            if (without.contains(plan)) continue;
            var evidence = evidence(plan, without);
            for (int of = 0; of < evidence.subjects(); of++) {
                for (int pair = evidence.first(of); pair < evidence.first(of + 1); pair++) {
                    int index = pair;
                    rows.add(terms.stream()
                            .mapToDouble(term -> term.value(evidence, index))
                            .toArray());
                    labels.add(judged.get(plan).needs().get(of).contains(evidence.on(pair)));
                }
            }
        }
        var right = new boolean[labels.size()];
        for (int i = 0; i < right.length; i++) right[i] = labels.get(i);
        var fit = Regression.logistic(rows, right, PENALTY);
        var weighed = new ArrayList<PairModel.Term>();
        for (int i = 0; i < terms.size(); i++)
            weighed.add(new PairModel.Term(terms.get(i).features(), fit.weights()[i]));
        return new PairModel(fit.intercept(), weighed, 1, 1);
    }

    /** What is shipped: learned from all plans, calibrated and with thresholds by what was held out. */
    static LearnedParameters learn(List<LabelledPlan> plans, DocumentModel document) {
        var listed = new InferenceTraining(plans, plans, true);
        var unlisted = new InferenceTraining(plans, plans, false);
        return new LearnedParameters(
                listed.place(Set.of()),
                new HeldOut(plans, listed).tune(listed.weighing(Set.of())),
                new HeldOut(plans, unlisted).tune(unlisted.weighing(Set.of())),
                document);
    }
}
