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
import java.util.TreeMap;
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
        var binding = left.stream()
                .filter(candidate -> tier == Tier.NUMBERED && candidate.tier() == Tier.STATED)
                .toList();
        var context = left.stream()
                .filter(candidate -> tier != Tier.NUMBERED || candidate.tier() != Tier.STATED)
                .toList();
        if (!binding.isEmpty())
            remarks.add(leftOut(
                    "unnumbered",
                    binding,
                    "bind all tasks as constraints, since the document numbers its requirements"));
        if (!context.isEmpty()) remarks.add(leftOut("taken-as-context", context, "are context, since " + reason(tier)));
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

    /** Those with ids, those that can be ticked off, and those in sections where others have an id. */
    private static List<Candidate> numbered(List<Candidate> all) {
        var sections = all.stream()
                .filter(candidate -> candidate.tier() == Tier.NUMBERED)
                .map(candidate -> candidate.requirement().section())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(candidate -> candidate.tier() == Tier.NUMBERED
                        || candidate.boxed()
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
        var restated = new HashMap<Candidate, Requirement>();
        for (var step : steps) {
            if (inBase.contains(step)) continue;
            int like = mostLike(Words.content(step.requirement().title()), words, index);
            if (like < 0) continue;
            same.add(step);
            var twin = base.get(like);
            restated.put(
                    twin,
                    restated.getOrDefault(twin, twin.requirement())
                            .alsoStated(step.requirement().text()));
        }
        var dropped = new HashSet<>(same);
        var kept = steps.stream()
                .filter(step -> !dropped.contains(step))
                .map(step -> new Candidate(step.tier(), step.boxed(), restated.getOrDefault(step, step.requirement())))
                .toList();
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

    /** The one that shares most words; -1 if none shares at least half of the shorter of the two. */
    private static int mostLike(Set<String> words, List<Set<String>> others, Map<String, Set<Integer>> index) {
        var shared = new TreeMap<Integer, Integer>();
        for (var word : words)
            for (int other : index.getOrDefault(word, Set.of())) shared.merge(other, 1, Integer::sum);
        int best = -1;
        int most = 0;
        for (var entry : shared.entrySet()) {
            int smaller = Math.min(words.size(), others.get(entry.getKey()).size());
            boolean alike = entry.getValue() >= SAME * smaller && entry.getValue() > (smaller > 2 ? 1 : 0);
            if (alike && entry.getValue() > most) {
                most = entry.getValue();
                best = entry.getKey();
            }
        }
        return best;
    }

    private static String reason(Tier taken) {
        return switch (taken) {
            case NUMBERED -> "the document numbers its requirements";
            case STATED -> "the document has sections of requirements";
            case STEP -> "the document has a list of steps";
            case LISTED, BINDING -> "others are surer";
        };
    }

    private static Remark leftOut(String code, List<Candidate> left, String what) {
        var sections = left.stream()
                .map(candidate -> candidate.requirement().section())
                .map(path -> path.isEmpty() ? "the beginning" : path.getLast())
                .distinct()
                .toList();
        var names = sections.stream()
                .limit(MOST_NAMED_SECTIONS)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", "));
        int more = sections.size() - MOST_NAMED_SECTIONS;
        return new Remark(
                code,
                left.size() + (left.size() == 1 ? " other statement was set aside; such " : " other statements ") + what
                        + ": in " + names + (more > 0 ? " and " + more + " more" : "")
                        + ". Give them ids or boxes to plan them too.",
                Optional.of(left.getFirst().requirement().at()));
    }
}
