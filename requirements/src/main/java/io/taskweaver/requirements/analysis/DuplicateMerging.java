package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings what a document says a second time, as a feature or as a step of a roadmap, into the statements that are
 * planned. What they have nothing like is planned too, so that nothing that is asked for is lost.
 */
final class DuplicateMerging {
    private static final double SAME_STEP = 0.4;
    private static final double SAME_FEATURE = 0.3;
    /** Of a sentence that asks for something itself. */
    private static final double SAME_STATEMENT = 0.7;

    private final List<Growing> base = new ArrayList<>();
    private final List<Candidate> restated = new ArrayList<>();
    private TextSimilarity likeness = TextSimilarity.NONE;
    private boolean stale = true;

    /** A statement that still takes others in. */
    private static final class Growing {
        final Candidate first;
        boolean original = true;
        private final List<String> criteria;
        private final Set<String> known;
        private final StringBuilder text;
        private final List<Trace> traces;

        Growing(Candidate first) {
            this.first = first;
            this.criteria = new ArrayList<>(first.requirement().criteria());
            this.known = new HashSet<>(criteria);
            this.text = new StringBuilder(first.requirement().text());
            this.traces = new ArrayList<>(first.traces());
        }

        String words() {
            return first.requirement().title() + " " + text;
        }

        void take(Candidate other, String more, List<String> added) {
            if (!more.isBlank()) text.append('\n').append(more);
            added.stream().filter(line -> !line.isBlank() && known.add(line)).forEach(criteria::add);
            var use = added.isEmpty() ? LineUse.DETAIL : LineUse.CRITERION;
            for (var trace : other.traces())
                traces.add(trace.use() == LineUse.TASK ? new Trace(trace.at(), use) : trace);
        }

        Candidate candidate() {
            var requirement =
                    first.requirement().toBuilder().text(text.toString()).criteria(criteria);
            return new Candidate(first.tier(), first.boxed(), first.role(), requirement.build(), traces);
        }
    }

    DuplicateMerging(List<Candidate> base) {
        base.forEach(candidate -> this.base.add(new Growing(candidate)));
    }

    /** All statements with what they took in, in document order. */
    List<Candidate> result() {
        return base.stream()
                .map(Growing::candidate)
                .sorted(java.util.Comparator.comparingInt(
                        candidate -> candidate.requirement().at().firstLine()))
                .toList();
    }

    /**
     * Of several lists of steps, the one that states dependencies is the plan; steps of others that it has too are
     * taken in there.
     */
    void chain(List<ReadingNotice> remarks) {
        var bySection = new LinkedHashMap<List<String>, List<Growing>>();
        for (var step : base)
            bySection
                    .computeIfAbsent(step.first.requirement().section(), key -> new ArrayList<>())
                    .add(step);
        if (bySection.size() < 2) return;
        var chained = bySection.values().stream()
                .filter(list ->
                        list.stream().filter(DuplicateMerging::isChained).count() > 1)
                .findFirst();
        if (chained.isEmpty()) return;
        var chain = chained.get();
        var inChain = new HashSet<>(chain);
        var titles = TextSimilarity.of(
                chain.stream().map(step -> step.first.requirement().title()).toList());
        var same = new ArrayList<Growing>();
        for (var step : base) {
            if (inChain.contains(step)) continue;
            var requirement = step.first.requirement();
            int like = titles.mostShared(requirement.title());
            if (like < 0) continue;
            same.add(step);
            takeIn(chain.get(like), step.first, requirement.text(), List.of());
        }
        base.removeAll(new HashSet<>(same));
        if (!same.isEmpty()) remarks.add(duplicateSteps(same, chain.getFirst()));
    }

    private static boolean isChained(Growing step) {
        return !step.first.requirement().dependences().isEmpty();
    }

    /**
     * Plans a statement of another kind: within one that is like it, or as one of its own.
     *
     * @return whether it does; not if it is a step that only names what is done in it
     */
    boolean takes(Candidate other) {
        if (other.tier() == Tier.STEP || other.role() == Role.STEPS) return takesStep(other);
        takesFeature(other);
        return true;
    }

    private boolean takesStep(Candidate step) {
        var requirement = step.requirement();
        if (namesIds(requirement)) return false;
        int like = likeness().mostCovering(requirement.title(), SAME_STEP);
        if (like >= 0) takeIn(base.get(like), step, requirement.text(), requirement.criteria());
        else alone(step);
        return true;
    }

    /** A step that says by ids what is done in it adds nothing. */
    private static boolean namesIds(Requirement requirement) {
        return Ids.mentions(requirement.text()).find();
    }

    private void takesFeature(Candidate feature) {
        var requirement = feature.requirement();
        // A feature describes the steps that build it; another statement has to say the same.
        boolean isDescription =
                feature.tier() == Tier.LISTED && base.getFirst().first.tier() == Tier.STEP;
        int like = isDescription
                ? likeness().mostCovered(requirement.title() + " " + requirement.text(), SAME_FEATURE)
                : likeness().mostCovering(requirement.title(), SAME_STATEMENT);
        if (like < 0) {
            alone(feature);
            return;
        }
        var text = new ArrayList<String>();
        var criteria = new ArrayList<String>();
        for (var line : requirement.text().split("\n", -1)) {
            if (line.startsWith("Why: ")) text.add(line);
            else criteria.add(line.startsWith("How: ") ? line.substring(5) : line);
        }
        criteria.addAll(requirement.criteria());
        takeIn(base.get(like), feature, String.join("\n", text), criteria);
    }

    private void alone(Candidate other) {
        var added = new Growing(other);
        added.original = false;
        base.add(added);
    }

    /** Similarity to the original statements. */
    private TextSimilarity likeness() {
        if (stale) {
            likeness = TextSimilarity.of(base.stream()
                    .filter(growing -> growing.original)
                    .map(Growing::words)
                    .toList());
            stale = false;
        }
        return likeness;
    }

    private void takeIn(Growing into, Candidate other, String text, List<String> criteria) {
        into.take(other, text, criteria);
        if (into.original && !criteria.isEmpty()) restated.add(other);
    }

    /** Reports the features that became criteria of other tasks. */
    void report(List<ReadingNotice> remarks) {
        if (restated.isEmpty()) return;
        remarks.add(new ReadingNotice(
                "merged-into-task",
                restated.size()
                        + " statements describe tasks that are stated elsewhere; they are criteria of those tasks: "
                        + names(restated) + ".",
                Optional.of(restated.getFirst().requirement().at())));
    }

    private static ReadingNotice duplicateSteps(List<Growing> same, Growing chain) {
        return new ReadingNotice(
                "duplicate-steps",
                same.size() + " steps are in '"
                        + String.join(" / ", chain.first.requirement().section())
                        + "' too, with their dependencies; the tasks are taken from there: "
                        + names(same.stream().map(step -> step.first).toList()) + ".",
                Optional.of(same.getFirst().first.requirement().at()));
    }

    private static String names(List<Candidate> some) {
        return some.stream()
                        .limit(3)
                        .map(candidate -> "'" + candidate.requirement().title() + "'")
                        .collect(Collectors.joining(", "))
                + (some.size() > 3 ? ", ..." : "");
    }
}
