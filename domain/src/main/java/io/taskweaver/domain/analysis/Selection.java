package io.taskweaver.domain.analysis;

import io.taskweaver.domain.analysis.Findings.Candidate;
import io.taskweaver.domain.analysis.Findings.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses among the statements of a document that say the same thing in several ways. */
final class Selection {
    private static final double SAME = 0.5;
    private static final int MOST_NAMED_SECTIONS = 5;

    private Selection() {}

    /** The statements of the surest kind, in document order; what is left out is said in a remark. */
    static List<Candidate> of(Findings found, List<Remark> remarks) {
        var present = found.candidates.stream().map(Candidate::tier).min(Tier::compareTo);
        if (present.isEmpty()) return List.of();
        var tier = present.get();
        var taken = tier == Tier.NUMBERED ? numbered(found.candidates) : only(found.candidates, tier);
        if (tier == Tier.STEP) taken = chain(taken, remarks);
        var kept = new HashSet<>(taken);
        var left = found.candidates.stream()
                .filter(candidate -> candidate.tier() != Tier.BINDING && !kept.contains(candidate))
                .filter(candidate -> tier != Tier.STEP || candidate.tier() != Tier.STEP)
                .toList();
        if (!left.isEmpty()) remarks.add(leftOut(left, tier));
        return taken;
    }

    /** What a numbered document demands without a number binds the whole. */
    static List<Statement> unnumbered(Findings found, List<Candidate> taken) {
        boolean isNumbered = taken.stream().anyMatch(candidate -> candidate.tier() == Tier.NUMBERED);
        if (!isNumbered) return List.of();
        var kept = new HashSet<>(taken);
        return found.candidates.stream()
                .filter(candidate -> candidate.tier() == Tier.STATED && !kept.contains(candidate))
                .map(Candidate::requirement)
                .map(requirement -> new Statement(requirement.text().replace('\n', ' '), requirement.at()))
                .toList();
    }

    /** Those with ids, and those without in sections where others have one. */
    private static List<Candidate> numbered(List<Candidate> all) {
        var sections = all.stream()
                .filter(candidate -> candidate.tier() == Tier.NUMBERED)
                .map(candidate -> candidate.requirement().section())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(candidate -> candidate.tier() == Tier.NUMBERED
                        || (candidate.tier() == Tier.STATED
                                && sections.contains(candidate.requirement().section())))
                .toList();
    }

    private static List<Candidate> only(List<Candidate> all, Tier tier) {
        return all.stream().filter(candidate -> candidate.tier() == tier).toList();
    }

    /**
     * The steps of the list that states dependencies, and those of other lists that it has nothing like. Without such a
     * list, all steps.
     */
    private static List<Candidate> chain(List<Candidate> steps, List<Remark> remarks) {
        var bySection = new LinkedHashMap<List<String>, List<Candidate>>();
        for (var step : steps)
            bySection
                    .computeIfAbsent(step.requirement().section(), key -> new ArrayList<>())
                    .add(step);
        if (bySection.size() < 2) return steps;
        var chained = bySection.values().stream()
                .filter(list -> list.stream().filter(Selection::isChained).count() > 1)
                .findFirst();
        if (chained.isEmpty()) return steps;
        var base = chained.get();
        var inBase = new HashSet<>(base);
        var index = new HashMap<String, Set<Integer>>();
        var words = base.stream()
                .map(step -> Words.content(step.requirement().title()))
                .toList();
        for (int i = 0; i < base.size(); i++)
            for (var word : words.get(i))
                index.computeIfAbsent(word, key -> new HashSet<>()).add(i);
        var same = new ArrayList<Candidate>();
        var kept = new ArrayList<Candidate>();
        for (var step : steps) {
            if (!inBase.contains(step)
                    && isLikeAny(Words.content(step.requirement().title()), words, index)) same.add(step);
            else kept.add(step);
        }
        if (!same.isEmpty()) {
            var names = same.stream()
                    .map(step -> "'" + step.requirement().title() + "'")
                    .limit(3)
                    .collect(Collectors.joining(", "));
            remarks.add(new Remark(
                    "said-twice",
                    same.size() + " steps are in '"
                            + String.join(" / ", base.getFirst().requirement().section())
                            + "' too, with their dependencies, and were taken from there: " + names
                            + (same.size() > 3 ? ", ..." : "") + ".",
                    Optional.of(same.getFirst().requirement().at())));
        }
        return kept;
    }

    private static boolean isChained(Candidate step) {
        return !step.requirement().dependences().isEmpty();
    }

    private static boolean isLikeAny(Set<String> words, List<Set<String>> others, Map<String, Set<Integer>> index) {
        var shared = new HashMap<Integer, Integer>();
        for (var word : words)
            for (int other : index.getOrDefault(word, Set.of())) shared.merge(other, 1, Integer::sum);
        return shared.entrySet().stream().anyMatch(entry -> {
            int smaller = Math.min(words.size(), others.get(entry.getKey()).size());
            return entry.getValue() >= SAME * smaller && entry.getValue() > (smaller > 2 ? 1 : 0);
        });
    }

    private static Remark leftOut(List<Candidate> left, Tier taken) {
        var sections = left.stream()
                .map(candidate -> candidate.requirement().section())
                .map(path -> path.isEmpty() ? "the beginning" : path.getLast())
                .distinct()
                .toList();
        var why = switch (taken) {
            case NUMBERED -> "the document numbers its requirements";
            case STATED -> "the document has sections of requirements";
            case STEP -> "the document has a list of steps";
            case LISTED, BINDING -> "others are surer";
        };
        var names = sections.stream()
                .limit(MOST_NAMED_SECTIONS)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        return new Remark(
                "taken-as-context",
                left.size() + " other statements are context, since " + why + ": in " + names
                        + (sections.size() > MOST_NAMED_SECTIONS
                                ? " and " + (sections.size() - MOST_NAMED_SECTIONS) + " more"
                                : "")
                        + ". Give them ids or boxes to plan them too.",
                Optional.of(left.getFirst().requirement().at()));
    }
}
