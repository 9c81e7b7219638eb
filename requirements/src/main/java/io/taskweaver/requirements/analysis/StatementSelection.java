package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses what is planned, chapter by chapter: no kind of statement of one chapter wins over those of another. What repeats a
 * surer statement is brought into it.
 *
 * @param taken statements that are planned, in document order
 * @param context statements that are context only
 */
record StatementSelection(List<Candidate> taken, List<Candidate> context) {
    /** Of a statement that a person has to look at: it may ask for nothing. */
    static final String CHECK = "check-this";

    private static final int MOST_NAMED_SECTIONS = 5;
    /** How sure a statement has to be where others of its section or of its chapter have ids, or most of the document. */
    private static final double BESIDE_NUMBERED = 0.75;

    /** Sections that work out what they are about, of a document whose roadmap can name them again. */
    private static final int ENOUGH_WORKED_OUT = 3;

    private static final double ALONE = 0.5;
    /** Number of ids from which a document counts as one that numbers its requirements. */
    private static final int ENOUGH_NUMBERED = 10;

    /** How many statements are left out at most for each that is planned: where they are more, the document says little else. */
    private static final int MOST_LEFT_OUT = 3;

    /** From this on the place or the words of a statement say what it is. */
    static final double LIKELY = 0.6;
    /** What is less sure than this is never planned. */
    private static final double LEAST = 0.3;

    /** The statements that are sure enough where they stand; a remark names those that are left out. */
    static StatementSelection of(Findings found, List<ReadingNotice> remarks) {
        var kept = notExcluded(found);
        // What is done neither outweighs what is open nor takes it in.
        var done = kept.stream().filter(StatementSelection::isDone).toList();
        var open = kept.stream().filter(candidate -> !isDone(candidate)).toList();
        var surest = surest(open);
        if (surest.isEmpty()) return new StatementSelection(done, List.of());
        return of(open, surest.get(), remarks).and(done);
    }

    private static boolean isDone(Candidate candidate) {
        return candidate.requirement().done() && candidate.tier() != Tier.BINDING;
    }

    private static Optional<Tier> surest(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::tier).min(Tier::compareTo).filter(tier -> tier != Tier.BINDING);
    }

    private StatementSelection and(List<Candidate> more) {
        var all = new ArrayList<>(taken);
        all.addAll(more);
        all.sort(Comparator.comparingInt(
                candidate -> candidate.requirement().at().firstLine()));
        return new StatementSelection(all, context);
    }

    private static StatementSelection of(List<Candidate> all, Tier tier, List<ReadingNotice> remarks) {
        var chapters = new Chapters(all);
        var base = new ArrayList<Candidate>();
        var more = new ArrayList<Candidate>();
        var left = new ArrayList<Candidate>();
        boolean isDescribed =
                all.stream().filter(StatementSelection::isWorkedOut).count() >= ENOUGH_WORKED_OUT;
        long flows = all.stream().filter(StatementSelection::isFlowStep).count();
        for (var candidate : all) {
            if (isFlowStep(candidate) && flows * 2 < all.size()) left.add(candidate);
            else if (isDescribed && isMilestone(candidate)) more.add(candidate);
            else if (candidate.tier() == tier || isSure(candidate)) base.add(candidate);
            else if (candidate.tier() == Tier.BINDING) continue;
            else if (sureness(candidate) >= chapters.bar(candidate)) more.add(candidate);
            else left.add(candidate);
        }
        int sure = base.size() + more.size();
        boolean isDropping = !chapters.isNumbered && left.size() > MOST_LEFT_OUT * sure;
        var folding = new DuplicateMerging(base);
        if (tier == Tier.STEP) folding.chain(remarks);
        var context = new ArrayList<Candidate>();
        for (var other : more) if (!folding.takes(other)) context.add(other);
        for (var other : left) {
            boolean isKept = isDropping && sureness(other) >= LEAST;
            if (!isKept || !folding.takes(checked(other))) context.add(other);
        }
        folding.report(remarks);
        if (!context.isEmpty()) remarks.add(leftOut(context, context.size() > sure));
        return new StatementSelection(folding.result(), context);
    }

    /** A numbered step below "Basic flow" tells how what is asked for elsewhere is used. */
    private static boolean isFlowStep(Candidate candidate) {
        var requirement = candidate.requirement();
        return requirement.number() > 0
                && requirement.id().isEmpty()
                && !candidate.boxed()
                && !requirement.section().isEmpty()
                && (Lexicon.is("heading.flow", requirement.section().getLast())
                        || candidate.role() == Role.NEUTRAL
                                && Headings.isFlow(requirement.section().getLast())
                        || Lexicon.is("heading.screens", requirement.section().getLast()));
    }

    /** A section about one thing, with what has to hold of it. */
    private static boolean isWorkedOut(Candidate candidate) {
        var requirement = candidate.requirement();
        return candidate.tier() != Tier.BINDING
                && !candidate.boxed()
                && candidate.role() != Role.STEPS
                && requirement.criteria().size() > 1;
    }

    /** A box of a roadmap: it may name what a section works out. */
    private static boolean isMilestone(Candidate candidate) {
        var requirement = candidate.requirement();
        return candidate.boxed()
                && candidate.role() == Role.STEPS
                && candidate.tier() == Tier.STATED
                && !requirement.done()
                && requirement.criteria().isEmpty();
    }

    /** What a document excludes by name is not planned, unless it has an id. */
    private static List<Candidate> notExcluded(Findings found) {
        var excluded = found.boundaries.stream()
                .map(boundary -> Words.normalised(boundary.text()))
                .collect(Collectors.toSet());
        var kept = new ArrayList<Candidate>();
        for (var candidate : found.candidates) {
            var requirement = candidate.requirement();
            boolean isOut = candidate.tier() != Tier.NUMBERED
                    && !requirement.done()
                    && excluded.contains(Words.normalised(requirement.title()));
            if (isOut) found.pass(requirement.at(), IgnoredLines.EXCLUDED);
            else kept.add(candidate);
        }
        return kept;
    }

    private static boolean isSure(Candidate candidate) {
        return candidate.tier() == Tier.NUMBERED || (candidate.boxed() && candidate.tier() != Tier.BINDING);
    }

    /** Whether nothing but a guess says whether a statement asks for work. */
    static boolean isUnsure(Candidate candidate) {
        if (isSure(candidate) || candidate.requirement().id().isPresent()) return false;
        double sure = sureness(candidate);
        return candidate.requirement().tags().contains(CHECK) || (sure >= LEAST && sure < LIKELY);
    }

    /** How sure it is that a statement asks for work, from 0 to 1, by where it stands and by its words. */
    static double sureness(Candidate candidate) {
        if (isSure(candidate)) return 1;
        var requirement = candidate.requirement();
        boolean demands = Modality.demands(requirement.text()) || Titles.isStory(requirement.text());
        double base = switch (candidate.tier()) {
            case NUMBERED -> 1;
            case STATED -> 0.8;
            case STEP -> 0.7;
            case LISTED -> listed(candidate);
            case BINDING -> 0;
        };
        return demands ? Math.min(1, base + 0.2) : base;
    }

    private static double listed(Candidate candidate) {
        return switch (candidate.role()) {
            case FEATURE -> 0.6;
            case NEUTRAL -> {
                var title = candidate.requirement().title();
                boolean acts = !Verbs.leading(title).isEmpty()
                        || Titles.isEndpoint(title)
                        || RequirementFinder.describesPage(title);
                yield acts ? 0.6 : 0.3;
            }
            case REQUIREMENT, STEPS, CRITERIA, CONSTRAINT, PROHIBITION, BOUNDARY, ORDER, CONTEXT, REFERENCE -> 0.2;
        };
    }

    private static Candidate checked(Candidate candidate) {
        var tags = new LinkedHashSet<>(candidate.requirement().tags());
        tags.add(CHECK);
        return candidate.with(
                candidate.requirement().toBuilder().tags(List.copyOf(tags)).build());
    }

    /** What stands with what: chapters are the sections right below those that all statements share. */
    private static final class Chapters {
        private final int depth;
        private final Set<List<String>> numbered;
        private final Set<List<String>> sure;
        private final boolean isNumbered;

        Chapters(List<Candidate> all) {
            var paths = all.stream()
                    .map(candidate -> candidate.requirement().section())
                    .toList();
            depth = common(paths) + 1;
            numbered = all.stream()
                    .filter(candidate -> candidate.tier() == Tier.NUMBERED)
                    .map(candidate -> candidate.requirement().section())
                    .collect(Collectors.toSet());
            isNumbered = all.stream()
                            .filter(candidate -> candidate.tier() == Tier.NUMBERED)
                            .count()
                    >= ENOUGH_NUMBERED;
            sure = all.stream()
                    .filter(StatementSelection::isSure)
                    .map(candidate -> chapter(candidate.requirement().section()))
                    .collect(Collectors.toSet());
        }

        private static int common(List<List<String>> paths) {
            var shared = paths.getFirst();
            for (var path : paths) {
                int same = 0;
                while (same < shared.size()
                        && same < path.size()
                        && shared.get(same).equals(path.get(same))) same++;
                shared = shared.subList(0, same);
            }
            return shared.size();
        }

        private List<String> chapter(List<String> path) {
            return path.subList(0, Math.min(depth, path.size()));
        }

        /** How sure a statement has to be to be planned. */
        double bar(Candidate candidate) {
            var section = candidate.requirement().section();
            boolean isBeside = isNumbered || numbered.contains(section) || sure.contains(chapter(section));
            return isBeside && candidate.tier() != Tier.STEP ? BESIDE_NUMBERED : ALONE;
        }
    }

    /**
     * Says what is left out, and asks whether it is work.
     *
     * @param most whether more is left out than is planned
     */
    private static ReadingNotice leftOut(List<Candidate> left, boolean most) {
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
        var where = " in " + names + (more > 0 ? " and " + more + " more" : "") + ".";
        var first = Optional.of(left.getFirst().requirement().at());
        if (most)
            return new ReadingNotice(
                    "is-this-work",
                    "Are these work? " + left.size() + " statements, more than are planned, may ask for something:"
                            + where
                            + " They are not planned. Give those that ask for work ids or boxes, or let an agent read them (--refine).",
                    first);
        return new ReadingNotice(
                "taken-as-context",
                left.size() + (left.size() == 1 ? " other statement is" : " other statements are")
                        + " context, since others are more certain:" + where
                        + " Give them ids or boxes to plan them too.",
                first);
    }
}
