package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Mention;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a document states a thing that has an id, and where it only speaks of it: in a table of its status, in a list of what
 * needs what, as a box below its heading. What is said there is brought into the statement. Only if both ask for something, and
 * for different things, both stay, which is for the writer to settle.
 */
final class Definitions {
    private static final double SAME_TITLE = 0.5;

    private final Map<String, List<Candidate>> byId = new LinkedHashMap<>();
    private final Map<Candidate, Candidate> settled = new HashMap<>();
    private final Set<Candidate> spoken = new HashSet<>();
    private final Set<Candidate> dropped = new HashSet<>();
    private final List<ReadingNotice> remarks = new ArrayList<>();

    private Definitions() {}

    /** Candidates that stay, and those of which something else says that they will not be done. */
    record Settled(List<Candidate> kept, List<Candidate> dropped) {}

    /** The candidates, each id stated once where that is clear, with what is said of them elsewhere. */
    static Settled settled(
            List<Candidate> candidates, List<Mention> mentions, List<Parts.Claim> claims, List<ReadingNotice> remarks) {
        var definitions = new Definitions();
        for (var candidate : candidates)
            if (candidate.tier() == Tier.NUMBERED)
                candidate
                        .requirement()
                        .id()
                        .ifPresent(id -> definitions
                                .byId
                                .computeIfAbsent(id, key -> new ArrayList<>())
                                .add(candidate));
        definitions.byId.values().forEach(definitions::settle);
        for (var mention : mentions) definitions.mentioned(mention);
        remarks.addAll(definitions.remarks);
        if (!definitions.dropped.isEmpty()) definitions.dropWhatShows(candidates, claims);
        return new Settled(
                candidates.stream()
                        .filter(candidate ->
                                !definitions.spoken.contains(candidate) && !definitions.dropped.contains(candidate))
                        .map(candidate -> definitions.settled.getOrDefault(candidate, candidate))
                        .toList(),
                candidates.stream().filter(definitions.dropped::contains).toList());
    }

    private void settle(List<Candidate> same) {
        if (same.size() < 2) return;
        var main = same.stream().filter(this::asks).max(Definitions::byLength).orElse(same.getFirst());
        var merged = main;
        for (var other : same) {
            if (other.equals(main) || !speaksOf(main, other)) continue;
            merged = merged(merged, other, isNested(main, other));
            spoken.add(other);
            if (asks(other) && !isNested(main, other)) remarks.add(repeated(main, other));
        }
        settled.put(main, merged);
    }

    private static ReadingNotice repeated(Candidate main, Candidate other) {
        return new ReadingNotice(
                "repeated-id",
                main.requirement().id().orElseThrow() + " is stated in "
                        + main.requirement().at() + " and again in "
                        + other.requirement().at() + "; it was planned once.",
                Optional.of(other.requirement().at()));
    }

    /** The longest; of those of one length, the first. */
    private static int byLength(Candidate one, Candidate other) {
        int longer = Integer.compare(lines(one), lines(other));
        return longer != 0
                ? longer
                : Integer.compare(
                        other.requirement().at().firstLine(),
                        one.requirement().at().firstLine());
    }

    private static int lines(Candidate candidate) {
        var at = candidate.requirement().at();
        return at.lastLine() - at.firstLine();
    }

    private boolean asks(Candidate candidate) {
        return candidate.role().asks() || candidate.role() == Role.CONSTRAINT;
    }

    /** Whether another statement with the same id only speaks of the first. */
    private boolean speaksOf(Candidate main, Candidate other) {
        if (isNested(main, other) || !asks(other)) return true;
        var text = other.requirement().text();
        var begins = Words.plain(text);
        boolean refers = text.isBlank()
                || text.startsWith("(")
                || begins.isEmpty()
                || switch (begins.getFirst()) {
                    case "depends",
                            "blocks",
                            "blocked",
                            "requires",
                            "needs",
                            "was",
                            "is",
                            "has",
                            "see",
                            "after",
                            "before" -> true;
                    default -> false;
                };
        return refers && !Modality.demands(text) || areAlike(main.requirement(), other.requirement());
    }

    private static boolean isNested(Candidate main, Candidate other) {
        var outer = main.requirement().at();
        var inner = other.requirement().at();
        return outer.firstLine() <= inner.firstLine() && inner.lastLine() <= outer.lastLine();
    }

    /** Whether one's title says what the other says. */
    private static boolean areAlike(Requirement one, Requirement other) {
        return covers(one.title() + " " + one.text(), other.title())
                || covers(other.title() + " " + other.text(), one.title());
    }

    private static boolean covers(String text, String title) {
        var words = parts(title);
        if (words.isEmpty()) return Words.normalised(text).contains(Words.normalised(title));
        int all = words.size();
        words.retainAll(parts(text));
        return words.size() >= SAME_TITLE * all;
    }

    /** Words that carry meaning, in the singular; of scripts without blanks, pairs of characters. */
    private static Set<String> parts(String text) {
        var parts = new HashSet<String>();
        for (var part : Words.parts(text)) {
            var word = Words.lower(part);
            if (!Words.isFiller(word)) parts.add(Words.singular(word));
        }
        return parts;
    }

    private static Candidate merged(Candidate main, Candidate other, boolean isDetail) {
        var into = main.requirement();
        var from = other.requirement();
        var builder = into.toBuilder()
                .done(into.done() || from.done())
                .dependences(union(into.dependences(), from.dependences()));
        if (into.importance().isEmpty()) builder.importance(from.importance());
        if (isDetail) {
            boolean isKnown = into.text().contains(from.text());
            builder.text(isKnown ? into.text() : into.text() + "\n" + from.text());
            var criteria = new LinkedHashSet<>(into.criteria());
            criteria.addAll(from.criteria());
            builder.criteria(List.copyOf(criteria));
        }
        var traces = new ArrayList<>(main.traces());
        for (var trace : other.traces())
            traces.add(trace.use() == LineUse.TASK ? new Trace(trace.at(), LineUse.DETAIL) : trace);
        return new Candidate(main.tier(), main.boxed() || other.boxed(), main.role(), builder.build(), traces);
    }

    private static List<Dependence> union(List<Dependence> some, List<Dependence> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** A view of what will not be done will not be done. */
    private void dropWhatShows(List<Candidate> candidates, List<Parts.Claim> claims) {
        var ids = dropped.stream()
                .map(candidate -> Parts.key(Folding.idOf(candidate)))
                .collect(Collectors.toSet());
        var without = claims.stream()
                .filter(claim -> claim.hosts().stream().map(Parts::key).allMatch(ids::contains))
                .map(Parts.Claim::at)
                .collect(Collectors.toSet());
        for (var candidate : candidates)
            if (without.contains(candidate.requirement().at())) dropped.add(candidate);
    }

    private void mentioned(Mention mention) {
        var same = byId.get(mention.id());
        if (same == null) return;
        for (var candidate : same) {
            if (spoken.contains(candidate)) continue;
            var known = settled.getOrDefault(candidate, candidate);
            var requirement = known.requirement();
            if (mention.isDropped() && !requirement.done()) {
                dropped.add(candidate);
                return;
            }
            var changed = requirement.toBuilder()
                    .importance(requirement.importance().or(mention::importance))
                    .dependences(union(requirement.dependences(), others(mention)))
                    .done(requirement.done()
                            || mention.progress().filter(Progress.DONE::equals).isPresent());
            settled.put(candidate, known.with(changed.build()));
            return;
        }
    }

    /** A list of what needs what may name the statement itself. */
    private List<Dependence> others(Mention mention) {
        return mention.dependences().stream()
                .map(dependence -> new Dependence(
                        dependence.references().stream()
                                .filter(reference -> !reference.equals(new Reference.Id(mention.id())))
                                .toList(),
                        dependence.because(),
                        dependence.certain(),
                        dependence.at()))
                .filter(dependence -> !dependence.references().isEmpty())
                .toList();
    }
}
