package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * User stories and use cases beside numbered requirements tell of the same work a second time. What is worked out in sections of
 * its own is the work, else the requirements are. Each statement of the other family is a criterion, with its id, of the one
 * that it is most like; what is like none stays a task.
 */
final class Retellings {
    private static final Set<String> TALES = Set.of("US", "UST", "STORY", "UC", "CU", "HU", "AF", "UH");
    private static final Set<String> REQUIREMENTS = Set.of(
            "FR", "FREQ", "REQ", "RF", "RQ", "SR", "SRS", "F", "R", "EF", "FA", "LF", "FUN", "FUNC", "RFN", "BR", "ER");
    private static final int FEWEST_TALES = 2;
    private static final int FEWEST_REQUIREMENTS = 3;
    /** Lines of a statement that is worked out. */
    private static final int WORKED_OUT = 4;
    /** How much of a title the work that it tells of has to say. */
    private static final double TITLE_ALIKE = 0.45;
    /** How much of a requirement a story that is worked out has to say. */
    private static final double WORKED_OUT_ALIKE = 0.15;
    /** How much of a story a requirement has to say: stories without steps tell of work that no requirement states, too. */
    private static final double ALIKE = 0.25;

    private Retellings() {}

    private static Folding folding(List<Candidate> work, List<Candidate> retold, double share) {
        var folding = new Folding();
        var likeness = TextSimilarity.of(
                work.stream().map(candidate -> words(candidate.requirement())).toList());
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < work.size(); i++) places.put(Folding.idOf(work.get(i)), i);
        for (var tale : retold) {
            int host = host(tale.requirement(), places, likeness, share);
            if (host >= 0) folding.fold(tale, work.get(host));
        }
        return folding;
    }

    /** The candidates, with statements that tell of others as criteria of those. */
    static List<Candidate> folded(List<Candidate> candidates, List<ReadingNotice> remarks) {
        var tales = tales(candidates);
        var numbered = ofKind(candidates, REQUIREMENTS);
        boolean areNumbered = numbered.size() >= FEWEST_REQUIREMENTS;
        var requirements = areNumbered ? numbered : unnumbered(candidates);
        if (tales.size() < FEWEST_TALES || requirements.size() < FEWEST_REQUIREMENTS) return candidates;
        boolean areTalesWork = lines(tales) >= WORKED_OUT && lines(tales) > 2 * lines(requirements);
        if (!areNumbered && !areTalesWork) return candidates;
        // Stories in sections of a few lines are neither: they wait for what details them.
        if (!areTalesWork && lines(tales) > Math.max(1.5, lines(requirements) / 2)) return candidates;
        var folding =
                areTalesWork ? folding(tales, requirements, WORKED_OUT_ALIKE) : folding(requirements, tales, ALIKE);
        if (folding.isEmpty()) return candidates;
        remarks.add(folding.remark(
                "retold-elsewhere",
                "tells of work that another states; it is a criterion of that",
                "tell of work that others state; they are criteria of those"));
        return folding.applied(candidates);
    }

    /** Statements with ids of user stories or use cases; where there are none, those of which most tell a story. */
    private static List<Candidate> tales(List<Candidate> candidates) {
        var tales = ofKind(candidates, TALES);
        if (!tales.isEmpty()) return tales;
        var numbered = candidates.stream()
                .filter(candidate -> isOpen(candidate) && !isRequirement(candidate))
                .toList();
        long telling = numbered.stream()
                .map(Candidate::requirement)
                .filter(requirement -> Stream.concat(Stream.of(requirement.text()), requirement.criteria().stream())
                        .anyMatch(StoryReader::isByRole))
                .count();
        return 2 * telling > numbered.size() ? numbered : List.of();
    }

    /** What sections of requirements list without ids. */
    private static List<Candidate> unnumbered(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.tier() == Tier.STATED && candidate.role() == Role.REQUIREMENT)
                .filter(candidate -> !candidate.requirement().done() && !candidate.boxed())
                .toList();
    }

    private static boolean isOpen(Candidate candidate) {
        return candidate.tier() == Tier.NUMBERED && !candidate.requirement().done() && !candidate.boxed();
    }

    private static List<Candidate> ofKind(List<Candidate> candidates, Set<String> kinds) {
        return candidates.stream()
                .filter(candidate -> isOpen(candidate) && kinds.contains(Ids.kindOf(Folding.idOf(candidate))))
                .toList();
    }

    /** Whether its id is that of a requirement, whatever else a document numbers beside them. */
    static boolean isRequirement(Candidate candidate) {
        return REQUIREMENTS.contains(Ids.kindOf(Folding.idOf(candidate)));
    }

    /** Whether its id is that of a user story or use case. */
    static boolean isTale(Candidate candidate) {
        return TALES.contains(Ids.kindOf(Folding.idOf(candidate)));
    }

    private static double lines(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> candidate.requirement().at())
                .mapToInt(at -> at.lastLine() - at.firstLine() + 1)
                .average()
                .orElse(0);
    }

    private static String words(Requirement requirement) {
        return requirement.title() + " " + requirement.text() + " " + String.join(" ", requirement.criteria());
    }

    /** The place of the work that a statement names, or is most like; -1 if there is none. */
    private static int host(Requirement tale, Map<String, Integer> places, TextSimilarity likeness, double share) {
        var mentions = Ids.mentions(tale.text());
        while (mentions.find()) {
            var place = places.get(mentions.group());
            if (place != null) return place;
        }
        int byTitle = likeness.mostCovering(tale.title(), TITLE_ALIKE);
        return byTitle >= 0 ? byTitle : likeness.mostCovering(words(tale), share);
    }
}
