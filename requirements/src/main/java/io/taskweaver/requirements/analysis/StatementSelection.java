package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses among the statements of a document that say the same thing in several ways.
 *
 * @param taken statements that are planned, in document order
 * @param binding statements that bind all tasks instead
 * @param context statements that are context only
 * @param tier how sure those are that were taken
 */
record StatementSelection(List<Candidate> taken, List<Candidate> binding, List<Candidate> context, Tier tier) {
    private static final int MOST_NAMED_SECTIONS = 5;

    /** The statements of the surest kind and what they lack; a remark names those that are left out. */
    static StatementSelection of(Findings found, List<ReadingNotice> remarks) {
        var present = found.candidates.stream().map(Candidate::tier).min(Tier::compareTo);
        if (present.isEmpty()) return new StatementSelection(List.of(), List.of(), List.of(), Tier.LISTED);
        var tier = present.get();
        var base =
                new LinkedHashSet<>(tier == Tier.NUMBERED ? numbered(found.candidates) : only(found.candidates, tier));
        var binding = found.candidates.stream()
                .filter(candidate -> tier == Tier.NUMBERED && candidate.tier() == Tier.STATED)
                .filter(candidate -> !base.contains(candidate))
                .toList();
        var left = new ArrayList<Candidate>();
        for (var candidate : found.candidates) {
            boolean used = base.contains(candidate) || candidate.tier() == Tier.BINDING;
            if (!used && !(tier == Tier.NUMBERED && candidate.tier() == Tier.STATED)) left.add(candidate);
        }
        var folding = new DuplicateMerging(List.copyOf(base));
        if (tier == Tier.STEP) folding.chain(remarks);
        var context = new ArrayList<Candidate>();
        for (var other : left) if (!folding.takes(other, tier)) context.add(other);
        folding.report(remarks);
        if (!binding.isEmpty())
            remarks.add(leftOut(
                    "unnumbered",
                    binding,
                    "bind all tasks as constraints, since the document numbers its requirements"));
        if (!context.isEmpty()) remarks.add(leftOut("taken-as-context", context, "are context, since " + reason(tier)));
        return new StatementSelection(folding.result(), binding, context, tier);
    }

    /** Those with ids, those that can be ticked off, and those in sections where others have an id. */
    private static List<Candidate> numbered(List<Candidate> all) {
        var sections = all.stream()
                .filter(candidate -> candidate.tier() == Tier.NUMBERED)
                .map(candidate -> candidate.requirement().section())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(candidate -> candidate.tier() == Tier.NUMBERED
                        || (candidate.boxed() && candidate.tier() != Tier.BINDING)
                        || (candidate.tier() == Tier.STATED && isBeside(candidate, sections)))
                .toList();
    }

    /** Whether a statement stands in a section with numbered ones, or below a heading beside one that has an id. */
    private static boolean isBeside(Candidate candidate, Set<List<String>> sections) {
        var section = candidate.requirement().section();
        if (sections.contains(section)) return true;
        return !section.isEmpty() && sections.contains(section.subList(0, section.size() - 1));
    }

    private static List<Candidate> only(List<Candidate> all, Tier tier) {
        return all.stream().filter(candidate -> candidate.tier() == tier).toList();
    }

    /** Why the statements of a kind are surer than others. */
    static String reason(Tier taken) {
        return switch (taken) {
            case NUMBERED -> "the document numbers its requirements";
            case STATED -> "the document has sections of requirements";
            case STEP -> "the document has a list of steps";
            case LISTED, BINDING -> "other statements are more certain";
        };
    }

    private static ReadingNotice leftOut(String code, List<Candidate> left, String what) {
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
        return new ReadingNotice(
                code,
                left.size() + (left.size() == 1 ? " other statement was ignored; such " : " other statements ") + what
                        + ": in " + names + (more > 0 ? " and " + more + " more" : "")
                        + ". Give them ids or boxes to plan them too.",
                Optional.of(left.getFirst().requirement().at()));
    }
}
