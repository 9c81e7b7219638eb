package io.taskweaver.bench.inference;

import io.taskweaver.scheduling.inference.DocumentEvidence;
import io.taskweaver.scheduling.inference.DocumentEvidence.Measure;
import io.taskweaver.scheduling.inference.DocumentModel;
import io.taskweaver.scheduling.inference.DocumentNeeds;
import io.taskweaver.scheduling.inference.Inferred;
import io.taskweaver.scheduling.inference.Subject;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Learns how the evidence of documents is weighed: from needs that readers judged, and with a small weight from labelled
 * plans. What documents state is not learned from, nor is it to be found: it is given.
 */
final class DocumentTraining {
    private static final double PENALTY = 8;
    private static final double WEIGHT_OF_PLANS = 0.3;
    private static final double IMPLIED = 1;
    private static final double[] LIKELIHOODS = {0.04, 0.05, 0.07, 0.1, 0.13, 0.17};
    private static final double[] ANOTHER = {0.2, 0.4, 0.6, 1};
    /** Below, no pair is taken, and confidence is not asked for. */
    private static final double UNLIKELY = 0.03;

    /** Pairs of a document or plan; what a requirement needs that states it itself is not among them. */
    private record Pairs(int document, List<double[]> measured, List<Boolean> right, List<Boolean> implied) {}

    private final List<LabelledDocument> documents;
    private final List<Pairs> pairs = new ArrayList<>();

    DocumentTraining(List<LabelledDocument> documents, List<LabelledPlan> plans) {
        this.documents = documents;
        for (int number = 0; number < documents.size(); number++) {
            var document = documents.get(number);
            pairs.add(pairs(number, document.subjects(), document.judged(), document.stated()));
        }
        for (var plan : plans) {
            var none = plan.needs().stream().map(own -> Set.<Integer>of()).toList();
            pairs.add(pairs(-1, plan.subjects(), plan.needs(), none));
        }
    }

    private static Pairs pairs(
            int number, List<Subject> subjects, List<Set<Integer>> judged, List<Set<Integer>> stated) {
        var evidence = new DocumentEvidence(subjects);
        var closed = closure(both(judged, stated));
        var found = new Pairs(number, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int of = 0; of < subjects.size(); of++) {
            if (!stated.get(of).isEmpty()) continue;
            for (int on : evidence.candidates(of)) {
                var measured = evidence.measure(of, on);
                if (!DocumentEvidence.speaks(measured)) continue;
                found.measured.add(measured);
                found.right.add(judged.get(of).contains(on));
                found.implied.add(closed.get(of).get(on));
            }
        }
        return found;
    }

    private static List<Set<Integer>> both(List<Set<Integer>> one, List<Set<Integer>> other) {
        var both = new ArrayList<Set<Integer>>();
        for (int i = 0; i < one.size(); i++) {
            var all = new HashSet<>(one.get(i));
            all.addAll(other.get(i));
            both.add(all);
        }
        return both;
    }

    private static List<BitSet> closure(List<? extends Collection<Integer>> needs) {
        var closed = new ArrayList<BitSet>();
        for (var own : needs) {
            var bits = new BitSet();
            own.forEach(bits::set);
            closed.add(bits);
        }
        for (boolean more = true; more; ) {
            more = false;
            for (var own : closed) {
                int before = own.cardinality();
                for (int on = own.nextSetBit(0); on >= 0; on = own.nextSetBit(on + 1)) own.or(closed.get(on));
                more |= own.cardinality() > before;
            }
        }
        return closed;
    }

    /** Weights learned from all but one document; from all for -1. What is taken is still open. */
    private DocumentModel weights(int without) {
        var rows = new ArrayList<double[]>();
        var labels = new ArrayList<Boolean>();
        var counting = new ArrayList<Double>();
        for (var one : pairs) {
            if (one.document >= 0 && one.document == without) continue;
            rows.addAll(one.measured);
            labels.addAll(one.right);
            for (int i = 0; i < one.right.size(); i++) counting.add(one.document < 0 ? WEIGHT_OF_PLANS : 1);
        }
        var right = new boolean[labels.size()];
        for (int i = 0; i < right.length; i++) right[i] = labels.get(i);
        var fit = Regression.logistic(
                rows, right, counting.stream().mapToDouble(weight -> weight).toArray(), PENALTY);
        var weights = new EnumMap<Measure, Double>(Measure.class);
        for (var measure : Measure.values()) weights.put(measure, fit.weights()[measure.ordinal()]);
        return new DocumentModel(fit.intercept(), weights, 0, 0, IMPLIED, 1, 0);
    }

    private static DocumentModel with(DocumentModel weights, double likelihood, double another) {
        return new DocumentModel(
                weights.intercept(),
                weights.weights(),
                Math.log(likelihood / (1 - likelihood)),
                another,
                weights.implied(),
                weights.slope(),
                weights.offset());
    }

    /** How needs that were found compare with labels: judged ones that are met, and needs that are right or implied. */
    static final class Count {
        int judged;
        int met;
        int needs;
        int right;

        void add(LabelledDocument document, DocumentModel model) {
            var all = new ArrayList<Set<Integer>>();
            for (var own : document.stated()) all.add(new HashSet<>(own));
            for (var edge : found(document, model)) all.get(edge.of()).add(edge.on());
            var reached = closure(all);
            var labelled = closure(both(document.judged(), document.stated()));
            for (int of = 0; of < all.size(); of++) {
                judged += document.judged().get(of).size();
                for (int on : document.judged().get(of)) if (reached.get(of).get(on)) met++;
                needs += all.get(of).size();
                for (int on : all.get(of)) if (labelled.get(of).get(on)) right++;
            }
        }

        /** Harmonic mean of both shares. */
        double balance() {
            double met = this.met / Math.max(1.0, judged);
            double right = this.right / Math.max(1.0, needs);
            return met + right == 0 ? 0 : 2 * met * right / (met + right);
        }

        @Override
        public String toString() {
            return String.format(
                    java.util.Locale.ROOT,
                    "\"judged\":%d,\"met\":%d,\"needs\":%d,\"right_or_implied\":%d,\"met_share\":%.3f,\"right_share\":%.3f",
                    judged,
                    met,
                    needs,
                    right,
                    met / Math.max(1.0, judged),
                    right / Math.max(1.0, needs));
        }
    }

    private static List<Inferred> found(LabelledDocument document, DocumentModel model) {
        return DocumentNeeds.of(
                document.subjects(),
                document.stated(),
                new DocumentNeeds.Rules() {
                    @Override
                    public boolean allows(int of, int on) {
                        return document.stated().get(of).isEmpty();
                    }

                    @Override
                    public boolean isResult(int of, int on) {
                        return true;
                    }

                    @Override
                    public boolean isQuality(int subject) {
                        return false;
                    }

                    @Override
                    public int document(int subject) {
                        return 0;
                    }
                },
                model);
    }

    /** For each document the weights that were learned from the others. */
    private List<DocumentModel> held() {
        var held = new ArrayList<DocumentModel>();
        for (int document = 0; document < documents.size(); document++) held.add(weights(document));
        return held;
    }

    /** What is taken where it serves all documents but one best, each by weights learned from the others. */
    private DocumentModel tuned(DocumentModel weights, List<DocumentModel> held, int without) {
        double best = -1;
        var tuned = weights;
        for (double likelihood : LIKELIHOODS)
            for (double another : ANOTHER) {
                var count = new Count();
                for (int document = 0; document < documents.size(); document++)
                    if (document != without)
                        count.add(documents.get(document), with(held.get(document), likelihood, another));
                if (count.balance() > best) {
                    best = count.balance();
                    tuned = with(weights, likelihood, another);
                }
            }
        return tuned;
    }

    /** Prints what is found of each document by what was learned from the others. */
    void cross(java.io.PrintStream out) {
        var held = held();
        var all = new Count();
        for (int document = 0; document < documents.size(); document++) {
            var model = tuned(held.get(document), held, document);
            var own = new Count();
            own.add(documents.get(document), model);
            all.add(documents.get(document), model);
            out.println("{\"document\":\"" + documents.get(document).name() + "\"," + own + "}");
        }
        out.println("{\"document\":\"all\"," + all + "}");
    }

    /** What is shipped. */
    DocumentModel learn() {
        var held = held();
        var model = tuned(weights(-1), held, -1);
        var rows = new ArrayList<double[]>();
        var labels = new ArrayList<Boolean>();
        for (var one : pairs) {
            if (one.document < 0) continue;
            for (int i = 0; i < one.measured.size(); i++) {
                double score = held.get(one.document).score(one.measured.get(i));
                if (score < Math.log(UNLIKELY / (1 - UNLIKELY))) continue;
                rows.add(new double[] {score});
                labels.add(one.implied.get(i));
            }
        }
        var right = new boolean[labels.size()];
        for (int i = 0; i < right.length; i++) right[i] = labels.get(i);
        var fit = Regression.logistic(rows, right, 1e-6);
        return new DocumentModel(
                model.intercept(),
                model.weights(),
                model.threshold(),
                model.another(),
                model.implied(),
                fit.weights()[0],
                fit.intercept());
    }
}
