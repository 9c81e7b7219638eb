package io.taskweaver.bench.inference;

import io.taskweaver.scheduling.inference.PairSelection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts edges that were found, that are labelled, and that are both; the same on transitive closures. */
final class Score {
    private int found;
    private int labelled;
    private int right;
    private int foundClosed;
    private int labelledClosed;
    private int rightClosed;

    void add(LabelledPlan plan, List<PairSelection.Pair> pairs) {
        var needs = new ArrayList<Set<Integer>>();
        for (int i = 0; i < plan.subjects().size(); i++) needs.add(new HashSet<>());
        for (var pair : pairs) needs.get(pair.of()).add(pair.on());
        var closed = closure(needs);
        var closedLabels = closure(plan.needs());
        for (int of = 0; of < needs.size(); of++) {
            found += needs.get(of).size();
            labelled += plan.needs().get(of).size();
            for (int on : needs.get(of)) if (plan.needs().get(of).contains(on)) right++;
            foundClosed += closed.get(of).cardinality();
            labelledClosed += closedLabels.get(of).cardinality();
            closed.get(of).and(closedLabels.get(of));
            rightClosed += closed.get(of).cardinality();
        }
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

    double f1() {
        return f1(right, found, labelled);
    }

    private static double f1(int right, int found, int labelled) {
        return found + labelled == 0 ? 1 : 2.0 * right / (found + labelled);
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }

    /** As the members of a JSON object. */
    String json() {
        return String.format(
                java.util.Locale.ROOT,
                "\"edges\":%d,\"found\":%d,\"precision\":%.3f,\"recall\":%.3f,\"f1\":%.3f,\"closure_precision\":%.3f,\"closure_recall\":%.3f,\"closure_f1\":%.3f",
                labelled,
                found,
                share(right, found),
                share(right, labelled),
                f1(),
                share(rightClosed, foundClosed),
                share(rightClosed, labelledClosed),
                f1(rightClosed, foundClosed, labelledClosed));
    }
}
