package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Notice;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.analysis.Importance;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.scheduling.inference.AcyclicGraph;
import io.taskweaver.scheduling.inference.Inference;
import io.taskweaver.scheduling.inference.Inferred;
import io.taskweaver.scheduling.inference.Subject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Adds what can be inferred to what documents say. Across components a contract is enough; a result is waited for only
 * within one, where it is likely enough, where the document states no order itself, and as long as enough tasks can start
 * at once. What is stated is never dropped.
 */
final class InferredNeeds {
    /** Of held-out pairs that are at least so likely, about one in two is right; a false one costs next to nothing. */
    private static final double CONTRACT = 0.5;
    /** About eight in ten are right; a false one costs concurrency. */
    private static final double RESULT = 0.75;

    private static final int ENOUGH_STARTS = 10;
    private static final int MOST_OF_ONE = 3;
    /** Of so many dropped needs the cycle is looked for, which takes as long as the plan is large. */
    private static final int MOST_EXPLAINED = 20;

    private final List<RequirementCollection.Item> items;
    private final ComponentAssignment catalogue;
    private final Dependencies dependencies;
    private final boolean contracts;

    private InferredNeeds(
            List<RequirementCollection.Item> items,
            ComponentAssignment catalogue,
            Dependencies dependencies,
            boolean contracts) {
        this.items = items;
        this.catalogue = catalogue;
        this.dependencies = dependencies;
        this.contracts = contracts;
    }

    /**
     * Expects dependencies without cycles.
     *
     * @param contracts whether there are contracts; without, a result is what one needs of another component too
     */
    static void add(
            List<RequirementCollection.Item> items,
            ComponentAssignment catalogue,
            Dependencies dependencies,
            boolean contracts) {
        new InferredNeeds(items, catalogue, dependencies, contracts).run();
    }

    private void run() {
        var numbers = new ArrayList<Integer>();
        var subjects = new ArrayList<Subject>();
        for (int item = 0; item < items.size(); item++) {
            var requirement = items.get(item).requirement();
            boolean stated = !requirement.tags().contains(SharedFoundations.TAG);
            if (!stated || requirement.quality() || requirement.process() || requirement.done()) continue;
            numbers.add(item);
            subjects.add(subject(requirement));
        }
        var results = new ArrayList<Inferred>();
        Inference.Wanted wanted = (of, on, confidence, defines) -> isOfOthers(numbers.get(of), numbers.get(on))
                ? defines
                : mayBeResult(numbers.get(of), numbers.get(on), confidence);
        for (var edge : Inference.edges(subjects, Inference.Order.LISTED, CONTRACT, wanted)) {
            int of = numbers.get(edge.of());
            int on = numbers.get(edge.on());
            if (isOfOthers(of, on)) contract(of, on, edge);
            else if (edge.basis() != Inferred.Basis.ORDER)
                results.add(new Inferred(of, firstPart(on), edge.basis(), edge.because(), edge.confidence()));
        }
        results(results);
    }

    /** Of a statement that was split, the part that people write first makes what the others change. */
    private int firstPart(int item) {
        var whole = whole(item);
        int first = item;
        while (first > 0 && whole.isPresent() && whole(first - 1).equals(whole)) first--;
        return first;
    }

    private Optional<String> whole(int item) {
        return items.get(item).requirement().part().map(Requirement.Part::whole);
    }

    private static Subject subject(Requirement requirement) {
        var text = new StringBuilder(requirement.text());
        requirement.criteria().forEach(criterion -> text.append("\n").append(criterion));
        int urgency = switch (requirement.importance().orElse(Importance.MEDIUM)) {
            case CRITICAL -> 3;
            case HIGH -> 2;
            case MEDIUM -> 1;
            case LOW, NONE -> 0;
        };
        return new Subject(requirement.title(), text.toString(), urgency);
    }

    /** Whether the two belong to different components; then the other's contract is enough, if it is used by a name. */
    private boolean isOfOthers(int of, int on) {
        int component = catalogue.entryOf[on];
        return contracts && component >= 0 && component != catalogue.entryOf[of];
    }

    private void contract(int of, int on, Inferred edge) {
        int component = catalogue.entryOf[on];
        dependencies
                .contracts
                .get(of)
                .putIfAbsent(
                        component,
                        new Dependencies.Edge(
                                component, SuggestedNeeds.reason(edge.basis()), edge.because(), edge.confidence()));
    }

    private boolean mayBeResult(int of, int on, double confidence) {
        boolean oneStatement = whole(of).isPresent() && whole(of).equals(whole(on));
        return confidence >= RESULT
                && !oneStatement
                && !dependencies.ordered.contains(items.get(of).document())
                && !dependencies.results.get(of).containsKey(on);
    }

    /** Takes the likeliest first; leaves out what would close a cycle or leave too few to start with. */
    private void results(List<Inferred> inferred) {
        var likeliest = new ArrayList<>(inferred);
        likeliest.sort(Comparator.comparingDouble(Inferred::confidence)
                .reversed()
                .thenComparingInt(Inferred::of)
                .thenComparingInt(Inferred::on));
        var acyclic = AcyclicGraph.of(dependencies.resultsNeeded());
        int starts = 0;
        for (int item = 0; item < items.size(); item++) if (starts(item)) starts++;
        int narrowing = 0;
        int circles = 0;
        var taken = new HashMap<Integer, Integer>();
        for (var edge : likeliest) {
            Effort.step();
            if (taken.getOrDefault(edge.of(), 0) >= MOST_OF_ONE) continue;
            boolean narrows = starts(edge.of());
            if (narrows && starts <= ENOUGH_STARTS) {
                narrowing++;
                continue;
            }
            if (!acyclic.add(edge.of(), edge.on())) {
                if (++circles <= MOST_EXPLAINED) dependencies.notices.add(dropped(edge));
                continue;
            }
            if (narrows) starts--;
            taken.merge(edge.of(), 1, Integer::sum);
            dependencies
                    .results
                    .get(edge.of())
                    .put(
                            edge.on(),
                            new Dependencies.Edge(
                                    edge.on(), SuggestedNeeds.reason(edge.basis()), edge.because(), edge.confidence()));
        }
        if (narrowing > 0) dependencies.notices.add(widened(narrowing));
        if (circles > MOST_EXPLAINED)
            dependencies.notices.add(new Notice(
                    "inferred-cycle",
                    (circles - MOST_EXPLAINED)
                            + " more inferred dependencies were dropped, since they close a cycle or would take too"
                            + " long to check.",
                    Optional.empty()));
    }

    private boolean starts(int item) {
        return !items.get(item).requirement().done()
                && dependencies.results.get(item).keySet().stream()
                        .allMatch(on -> items.get(on).requirement().done());
    }

    private static Notice widened(int count) {
        return new Notice(
                "inferred-left-out",
                count + (count == 1 ? " inferred dependency was" : " inferred dependencies were")
                        + " omitted, so that more tasks can start. State required dependencies in the document.",
                Optional.empty());
    }

    private Notice dropped(Inferred edge) {
        var path = path(edge.on(), edge.of());
        if (path.size() > Cycles.MOST_NAMED)
            path.subList(Cycles.MOST_NAMED, path.size()).clear();
        var text = new StringBuilder();
        for (int i = 0; i + 1 < path.size(); i++) {
            var cause = dependencies.results.get(path.get(i)).get(path.get(i + 1));
            text.append(text.isEmpty() ? "" : "; ")
                    .append(name(path.get(i)))
                    .append(" needs ")
                    .append(name(path.get(i + 1)));
            if (cause != null) text.append(" (\"").append(cause.because()).append("\")");
        }
        return new Notice(
                "inferred-cycle",
                String.format(
                        java.util.Locale.ROOT,
                        "That %s needs %s was inferred (%s; %.2f) and dropped, since it closes a cycle: %s.",
                        name(edge.of()),
                        name(edge.on()),
                        edge.because(),
                        edge.confidence(),
                        text),
                Optional.of(items.get(edge.of()).requirement().at()));
    }

    /** The shortest way from one item to another over what each needs. */
    private List<Integer> path(int from, int to) {
        var before = new HashMap<Integer, Integer>();
        var queue = new ArrayDeque<Integer>(List.of(from));
        before.put(from, from);
        while (!queue.isEmpty() && !before.containsKey(to)) {
            int item = queue.remove();
            for (int on : dependencies.results.get(item).keySet())
                if (before.putIfAbsent(on, item) == null) queue.add(on);
        }
        var path = new ArrayList<Integer>();
        for (int item = to; item != from; item = before.getOrDefault(item, from)) path.addFirst(item);
        path.addFirst(from);
        return path;
    }

    private String name(int item) {
        var requirement = items.get(item).requirement();
        return requirement.id().orElse("'" + requirement.title() + "'");
    }
}
