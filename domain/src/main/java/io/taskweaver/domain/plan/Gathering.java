package io.taskweaver.domain.plan;

import io.taskweaver.domain.analysis.Analysis;
import io.taskweaver.domain.analysis.Requirement;
import io.taskweaver.domain.analysis.Words;
import io.taskweaver.domain.gap.Finding;
import io.taskweaver.domain.gap.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Brings the requirements of all documents together; what is said twice is taken once. */
final class Gathering {
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

    private Gathering() {}

    static Gathering of(List<Analysis> analyses) {
        var gathering = new Gathering();
        for (int document = 0; document < analyses.size(); document++)
            for (var requirement : analyses.get(document).requirements()) gathering.add(document, requirement);
        return gathering;
    }

    private void add(int document, Requirement requirement) {
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
            items.set(same, new Item(first.document(), merged(first.requirement(), requirement)));
            notices.add(new Notice(
                    key.isPresent() ? "repeated-id" : "repeated-item",
                    requirement.id().map(id -> id + " is").orElse("'" + requirement.title() + "' is") + " stated in "
                            + first.requirement().at() + " and again in " + requirement.at() + "; it was taken once.",
                    Optional.of(requirement.at())));
        }
    }

    private static String textKey(int document, Requirement requirement) {
        return document + "\n" + requirement.section() + "\n"
                + requirement.text().strip().toLowerCase(Locale.ROOT);
    }

    /** Whether two statements of the same id say the same: most words of the shorter are in the longer. */
    private static boolean isSame(Requirement one, Requirement other) {
        var words = new HashSet<>(Words.stems(one.title() + " " + one.text()));
        var others = new HashSet<>(Words.stems(other.title() + " " + other.text()));
        long shared = words.stream().filter(others::contains).count();
        return shared >= SAME * Math.min(words.size(), others.size());
    }

    private static Requirement merged(Requirement first, Requirement again) {
        var longer = again.text().length() > first.text().length() ? again : first;
        var criteria = new ArrayList<>(first.criteria());
        again.criteria().stream()
                .filter(criterion -> !criteria.contains(criterion))
                .forEach(criteria::add);
        var dependences = new ArrayList<>(first.dependences());
        dependences.addAll(again.dependences());
        return first.change()
                .text(longer.text())
                .criteria(criteria)
                .component(first.component().or(again::component))
                .done(first.done() || again.done())
                .importance(first.importance().or(again::importance))
                .dependences(dependences)
                .made();
    }

    private static Rejection duplicate(Requirement first, Requirement again) {
        var id = again.id().orElseThrow();
        return new Rejection(
                "duplicate-id",
                id + " is defined twice: in " + first.at() + " as '" + first.title() + "' and in " + again.at()
                        + " as '" + again.title() + "'.",
                "Give one of the two an id of its own, or remove one.",
                Optional.of(again.at()));
    }
}
