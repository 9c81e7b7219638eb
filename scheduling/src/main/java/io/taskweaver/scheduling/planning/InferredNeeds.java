package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Need;
import io.taskweaver.requirements.analysis.Importance;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.scheduling.inference.AcyclicGraph;
import io.taskweaver.scheduling.inference.DocumentNeeds;
import io.taskweaver.scheduling.inference.Inferred;
import io.taskweaver.scheduling.inference.Subject;
import io.taskweaver.scheduling.inference.WorkType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Adds what can be inferred to what documents say. Across components a contract is enough; a result is waited for within
 * one, and where nothing is built without it: a project that is set up, and all that is made before the whole is checked.
 * A requirement that states what it waits for is taken at its word, and so is a section in which many do. What is stated is never dropped.
 */
final class InferredNeeds {
    /** Where so large a share of a section states what it waits for, the others of it wait for nothing. */
    private static final double ORDERED = 1.0 / 3;

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
     * @return needs of results that were not added, although they may be; found when asked for
     */
    static Supplier<List<Inferred>> add(
            List<RequirementCollection.Item> items,
            ComponentAssignment catalogue,
            Dependencies dependencies,
            boolean contracts) {
        return new InferredNeeds(items, catalogue, dependencies, contracts).run();
    }

    private Supplier<List<Inferred>> run() {
        var numbers = new ArrayList<Integer>();
        var subjects = new ArrayList<Subject>();
        var subjectOf = new HashMap<Integer, Integer>();
        for (int item = 0; item < items.size(); item++) {
            var requirement = items.get(item).requirement();
            boolean stated = !requirement.tags().contains(SharedFoundations.TAG);
            if (!stated || items.get(item).done()) continue;
            var subject = subject(requirement);
            if (requirement.process() && WorkType.of(subject) == WorkType.OTHER) continue;
            subjectOf.put(item, subjects.size());
            numbers.add(item);
            subjects.add(subject);
        }
        var stated = new ArrayList<Set<Integer>>();
        for (int item : numbers) {
            var own = new HashSet<Integer>();
            for (int on : dependencies.results.get(item).keySet()) {
                var subject = subjectOf.get(on);
                if (subject != null) own.add(subject);
            }
            stated.add(own);
        }
        var acyclic = AcyclicGraph.of(dependencies.resultsNeeded());
        var rules = new Rules(numbers, subjects);
        var needs = DocumentNeeds.weighed(subjects, stated, rules);
        for (var edge : needs.found()) {
            int of = numbers.get(edge.of());
            int on = numbers.get(edge.on());
            boolean result = edge.basis() == Inferred.Basis.WHOLE || rules.isResult(edge.of(), edge.on());
            if (!result) contract(of, on, edge);
            else if (acyclic.add(of, on)) result(of, on, edge);
        }
        return () -> needs.possible().get().stream()
                .filter(edge -> rules.isResult(edge.of(), edge.on()))
                .map(edge -> new Inferred(
                        numbers.get(edge.of()),
                        numbers.get(edge.on()),
                        edge.basis(),
                        edge.because(),
                        edge.confidence()))
                .toList();
    }

    /** What documents say of two of the subjects. */
    private final class Rules implements DocumentNeeds.Rules {
        private final List<Integer> numbers;
        private final List<WorkType> types;
        private final Set<Section> ordered;

        Rules(List<Integer> numbers, List<Subject> subjects) {
            this.numbers = numbers;
            types = WorkType.of(subjects);
            ordered = ordered(numbers);
        }

        @Override
        public boolean allows(int of, int on) {
            int item = numbers.get(of);
            int other = numbers.get(on);
            boolean oneStatement = whole(item).isPresent() && whole(item).equals(whole(other));
            return !oneStatement
                    && firstPart(other) == other
                    && !statesNeeds(item)
                    && !ordered.contains(sectionOf(item))
                    && !uses(other, item);
        }

        @Override
        public boolean isResult(int of, int on) {
            return types.get(on) == WorkType.SET_UP || !isOfOthers(numbers.get(of), numbers.get(on));
        }

        @Override
        public boolean isQuality(int subject) {
            return items.get(numbers.get(subject)).requirement().quality();
        }

        @Override
        public int document(int subject) {
            return items.get(numbers.get(subject)).document();
        }
    }

    private record Section(int document, List<String> headings) {}

    private Section sectionOf(int item) {
        return new Section(
                items.get(item).document(), items.get(item).requirement().section());
    }

    private Set<Section> ordered(List<Integer> numbers) {
        var all = new HashMap<Section, Integer>();
        var stating = new HashMap<Section, Integer>();
        for (int item : numbers) {
            all.merge(sectionOf(item), 1, Integer::sum);
            if (statesNeeds(item)) stating.merge(sectionOf(item), 1, Integer::sum);
        }
        var ordered = new HashSet<Section>();
        stating.forEach((section, count) -> {
            if (count >= ORDERED * all.getOrDefault(section, 0)) ordered.add(section);
        });
        return ordered;
    }

    private boolean statesNeeds(int item) {
        return dependencies.results.get(item).values().stream().anyMatch(edge -> edge.reason() == Need.Reason.EXPLICIT);
    }

    /** Whether a requirement says that it uses the component of another; then that one does not wait for it. */
    private boolean uses(int item, int other) {
        int component = catalogue.entryOf[other];
        return component >= 0
                && component != catalogue.entryOf[item]
                && dependencies.contracts.get(item).containsKey(component);
    }

    private void result(int of, int on, Inferred edge) {
        dependencies
                .results
                .get(of)
                .putIfAbsent(
                        on,
                        new Dependencies.Edge(
                                on, SuggestedNeeds.reason(edge.basis()), edge.because(), edge.confidence()));
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
        return new Subject(requirement.title(), text.toString(), urgency, requirement.section());
    }

    /** Whether the two belong to different components; then the other's contract is enough. */
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
}
