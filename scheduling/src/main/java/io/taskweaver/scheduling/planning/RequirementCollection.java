package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Finding;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Verdict;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.analysis.Analysis;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Brings the requirements of all documents together; duplicates are taken once. */
final class RequirementCollection {
    private static final double SAME = 0.8;

    /**
     * A requirement with its document.
     *
     * @param document index among the documents
     * @param found what the existing code says about it
     */
    record Item(int document, Requirement requirement, Optional<Finding> found) {
        Item(int document, Requirement requirement) {
            this(document, requirement, Optional.empty());
        }

        /** Whether nothing is left to do: the document says so, or the code. */
        boolean done() {
            return requirement.done()
                    || found.filter(finding -> finding.verdict() == Verdict.EXISTS)
                            .isPresent();
        }
    }

    final List<Item> items = new ArrayList<>();
    final List<Notice> notices = new ArrayList<>();
    final List<Rejection> rejections = new ArrayList<>();
    private final Map<String, Integer> byId = new HashMap<>();
    private final Map<String, Integer> byText = new HashMap<>();

    /** For duplicated items, their duplicates in document order. */
    private final Map<Integer, List<Requirement>> repeated = new HashMap<>();

    private RequirementCollection() {}

    static RequirementCollection of(List<Analysis> analyses) {
        var gathering = new RequirementCollection();
        for (int document = 0; document < analyses.size(); document++)
            for (var requirement : analyses.get(document).requirements()) gathering.add(document, requirement);
        gathering.merge();
        return gathering;
    }

    private void add(int document, Requirement requirement) {
        Effort.step();
        var key = requirement.id().map(id -> id.toLowerCase(Locale.ROOT));
        var same = key.isPresent() ? byId.get(key.get()) : byText.get(textKey(document, requirement));
        if (same == null) {
            if (key.isPresent()) byId.put(key.get(), items.size());
            else byText.put(textKey(document, requirement), items.size());
            items.add(new Item(document, requirement));
            return;
        }
        var first = items.get(same);
        if (key.isPresent() && !isSame(first.requirement(), requirement))
            rejections.add(duplicate(first.requirement(), requirement));
        else {
            repeated.computeIfAbsent(same, item -> new ArrayList<>()).add(requirement);
            notices.add(new Notice(
                    key.isPresent() ? "repeated-id" : "repeated-item",
                    requirement.id().map(id -> id + " is").orElse("'" + requirement.title() + "' is") + " stated in "
                            + first.requirement().at() + " and again in " + requirement.at() + "; it was planned once.",
                    Optional.of(requirement.at())));
        }
    }

    private static String textKey(int document, Requirement requirement) {
        return document + "\n" + requirement.section() + "\n"
                + Words.lower(requirement.text().strip());
    }

    /** Whether two statements of the same id say the same: most words of the shorter are in the longer. */
    private static boolean isSame(Requirement one, Requirement other) {
        var words = new HashSet<>(Words.singulars(one.title() + " " + one.text()));
        var others = new HashSet<>(Words.singulars(other.title() + " " + other.text()));
        long shared = words.stream().filter(others::contains).count();
        return shared >= SAME * Math.min(words.size(), others.size());
    }

    private void merge() {
        repeated.forEach((item, again) -> {
            var first = items.get(item);
            items.set(item, new Item(first.document(), merged(first.requirement(), again)));
        });
    }

    private static Requirement merged(Requirement first, List<Requirement> again) {
        var text = first.text();
        var criteria = new LinkedHashSet<>(first.criteria());
        var dependences = new ArrayList<>(first.dependences());
        var component = first.component();
        var importance = first.importance();
        boolean done = first.done();
        for (var other : again) {
            if (other.text().length() > text.length()) text = other.text();
            criteria.addAll(other.criteria());
            dependences.addAll(other.dependences());
            component = component.or(other::component);
            importance = importance.or(other::importance);
            done |= other.done();
        }
        return first.toBuilder()
                .text(text)
                .criteria(List.copyOf(criteria))
                .component(component)
                .done(done)
                .importance(importance)
                .dependences(dependences)
                .build();
    }

    private static Rejection duplicate(Requirement first, Requirement again) {
        var id = again.id().orElseThrow();
        return new Rejection(
                "duplicate-id",
                id + " is defined twice: in " + first.at() + " as '" + first.title() + "' and in " + again.at()
                        + " as '" + again.title() + "'.",
                "Change one of the ids, or remove one of the two.",
                Optional.of(again.at()));
    }
}
