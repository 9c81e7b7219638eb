package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.scheduling.inference.AcyclicGraph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What takes the place of contracts in a plan that has none: who would need a component's contract waits for the results
 * of the tasks that implement the component. Components may use each other, tasks cannot wait for each other: of needs that
 * would close a cycle the less certain ones are left out, and a notice says so.
 */
final class ResultsForContracts {
    private static final int MOST_EXPLAINED = 20;

    /**
     * A need of the result behind a contract.
     *
     * @param of item that needs it
     * @param on item that implements the component
     * @param component its name
     */
    record Wanted(int of, int on, String component, Need.Reason reason, String because, double confidence) {}

    /** The surest first, of these what is stated, then by their names, whatever the order of the items. */
    private static Comparator<Wanted> surest(IntFunction<String> name) {
        return Comparator.comparingDouble(Wanted::confidence)
                .reversed()
                .thenComparing(wanted -> wanted.reason() != Need.Reason.EXPLICIT)
                .thenComparing((Wanted wanted) -> name.apply(wanted.of()))
                .thenComparing(wanted -> name.apply(wanted.on()))
                .thenComparingInt(Wanted::of)
                .thenComparingInt(Wanted::on);
    }

    final List<Wanted> taken = new ArrayList<>();
    final List<Notice> notices = new ArrayList<>();

    /**
     * @param results for each item, the items whose result it needs; without cycles
     * @param name of an item, for people
     */
    ResultsForContracts(List<Wanted> wanted, List<Set<Integer>> results, IntFunction<String> name) {
        var known = new ArrayList<Set<Integer>>();
        for (var needed : results) known.add(new HashSet<>(needed));
        var missing = wanted.stream()
                .sorted(surest(name))
                .filter(need -> need.of() != need.on() && known.get(need.of()).add(need.on()))
                .toList();
        boolean cyclic = new NeedGraph(known.stream()
                                .map(needed ->
                                        needed.stream().mapToInt(on -> on).toArray())
                                .toList())
                        .order()
                        .length
                < known.size();
        if (cyclic) takeAcyclic(missing, AcyclicGraph.of(results), name);
        else taken.addAll(missing);
    }

    private void takeAcyclic(List<Wanted> missing, AcyclicGraph graph, IntFunction<String> name) {
        int left = 0;
        for (var need : missing) {
            if (graph.add(need.of(), need.on())) taken.add(need);
            else if (++left <= MOST_EXPLAINED) notices.add(leftOut(need, name));
        }
        if (left > MOST_EXPLAINED)
            notices.add(new Notice(
                    "need-without-contract",
                    (left - MOST_EXPLAINED)
                            + " more tasks do not wait for a result of a component that they need, since it"
                            + " would close a cycle.",
                    Optional.empty()));
    }

    private static Notice leftOut(Wanted need, IntFunction<String> name) {
        return new Notice(
                "need-without-contract",
                name.apply(need.of()) + " needs " + need.component() + " (\"" + need.because()
                        + "\") and does not wait for " + name.apply(need.on())
                        + ", since that would close a cycle. With contracts, neither would wait for the other.",
                Optional.empty());
    }

    /** Replaces what items need of contracts by what they need of results. */
    static void replace(
            List<RequirementCollection.Item> items,
            ComponentAssignment catalogue,
            Dependencies dependencies,
            LimitCounter tally) {
        var wanted = new ArrayList<Wanted>();
        for (int item = 0; item < items.size(); item++) {
            Effort.step();
            for (var edge : dependencies.contracts.get(item).values()) {
                var component = catalogue.entries.get(edge.on());
                for (int member : component.members()) {
                    if (items.get(member).done()) continue;
                    tally.need();
                    wanted.add(new Wanted(
                            item, member, component.name(), edge.reason(), edge.because(), edge.confidence()));
                }
            }
            dependencies.contracts.get(item).clear();
        }
        var replaced =
                new ResultsForContracts(wanted, dependencies.resultsNeeded(), item -> Cycles.nameOf(items.get(item)));
        for (var need : replaced.taken)
            dependencies
                    .results
                    .get(need.of())
                    .put(need.on(), new Dependencies.Edge(need.on(), need.reason(), need.because(), need.confidence()));
        dependencies.notices.addAll(replaced.notices);
    }
}
