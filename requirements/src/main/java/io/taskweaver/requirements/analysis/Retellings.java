package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

    private final List<Candidate> work;
    private final Map<Integer, List<Candidate>> told = new HashMap<>();
    private final Map<String, String> hosts = new HashMap<>();
    private final Set<Candidate> folded = new LinkedHashSet<>();

    private Retellings(List<Candidate> work, List<Candidate> retold, double share) {
        this.work = work;
        var likeness = TextSimilarity.of(
                work.stream().map(candidate -> words(candidate.requirement())).toList());
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < work.size(); i++) places.put(idOf(work.get(i)), i);
        for (var tale : retold) {
            int host = host(tale.requirement(), places, likeness, share);
            if (host < 0) continue;
            told.computeIfAbsent(host, key -> new ArrayList<>()).add(tale);
            folded.add(tale);
            hosts.put(idOf(tale), idOf(work.get(host)));
        }
    }

    /** The candidates, with statements that tell of others as criteria of those. */
    static List<Candidate> folded(List<Candidate> candidates, List<ReadingNotice> remarks) {
        var tales = ofKind(candidates, TALES);
        var requirements = ofKind(candidates, REQUIREMENTS);
        if (tales.size() < FEWEST_TALES || requirements.size() < FEWEST_REQUIREMENTS) return candidates;
        boolean areTalesWork = lines(tales) >= WORKED_OUT && lines(tales) > 2 * lines(requirements);
        // Stories in sections of a few lines are neither: they wait for what details them.
        if (!areTalesWork && lines(tales) > Math.max(1.5, lines(requirements) / 2)) return candidates;
        var retellings = areTalesWork
                ? new Retellings(tales, requirements, WORKED_OUT_ALIKE)
                : new Retellings(requirements, tales, ALIKE);
        if (retellings.folded.isEmpty()) return candidates;
        remarks.add(retellings.remark());
        return retellings.applied(candidates);
    }

    private static List<Candidate> ofKind(List<Candidate> candidates, Set<String> kinds) {
        return candidates.stream()
                .filter(candidate -> candidate.tier() == Tier.NUMBERED)
                .filter(candidate -> kinds.contains(Ids.kindOf(idOf(candidate))))
                .filter(candidate -> !candidate.requirement().done() && !candidate.boxed())
                .toList();
    }

    private static String idOf(Candidate candidate) {
        return candidate.requirement().id().orElse("");
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

    private List<Candidate> applied(List<Candidate> candidates) {
        var grown = new HashMap<Candidate, Candidate>();
        told.forEach((place, tales) -> grown.put(work.get(place), grown(work.get(place), tales)));
        return candidates.stream()
                .filter(candidate -> !folded.contains(candidate))
                .map(candidate -> grown.getOrDefault(candidate, candidate))
                .map(this::pointed)
                .toList();
    }

    private static Candidate grown(Candidate host, List<Candidate> tales) {
        var into = host.requirement();
        var criteria = new LinkedHashSet<>(into.criteria());
        var dependences = new LinkedHashSet<>(into.dependences());
        var traces = new ArrayList<>(host.traces());
        var importance = into.importance();
        for (var tale : tales) {
            var from = tale.requirement();
            criteria.add(Statement.of(from).text());
            criteria.addAll(from.criteria());
            dependences.addAll(from.dependences());
            importance = importance.or(from::importance);
            for (var trace : tale.traces())
                traces.add(trace.use() == LineUse.TASK ? new Trace(trace.at(), LineUse.CRITERION) : trace);
        }
        var requirement = into.toBuilder()
                .criteria(List.copyOf(criteria))
                .dependences(List.copyOf(dependences))
                .importance(importance)
                .build();
        return new Candidate(host.tier(), host.boxed(), host.role(), requirement, traces);
    }

    /** A candidate that points at the work instead of what tells of it. */
    private Candidate pointed(Candidate candidate) {
        var requirement = candidate.requirement();
        if (requirement.dependences().isEmpty()) return candidate;
        var pointing = requirement.dependences().stream()
                .map(dependence -> pointed(dependence, requirement.id()))
                .filter(dependence -> !dependence.references().isEmpty())
                .toList();
        if (pointing.equals(requirement.dependences())) return candidate;
        return candidate.with(requirement.toBuilder().dependences(pointing).build());
    }

    private Dependence pointed(Dependence dependence, Optional<String> own) {
        var references = dependence.references().stream()
                .map(this::pointed)
                .filter(reference -> !(reference instanceof Reference.Id(var id)
                        && own.filter(id::equals).isPresent()))
                .distinct()
                .toList();
        return new Dependence(references, dependence.because(), dependence.certain(), dependence.at());
    }

    private Reference pointed(Reference reference) {
        var id = switch (reference) {
            case Reference.Id named -> named.id();
            case Reference.Ordinal ordinal -> ordinal.prefix() + "-" + ordinal.number();
            case Reference.Range _, Reference.Name _, Reference.Linked _ -> "";
        };
        var host = hosts.get(id);
        return host == null ? reference : new Reference.Id(host);
    }

    private ReadingNotice remark() {
        var names = folded.stream().map(Retellings::idOf).limit(5).collect(Collectors.joining(", "));
        return new ReadingNotice(
                "retold-elsewhere",
                folded.size() + (folded.size() == 1 ? " statement tells" : " statements tell")
                        + " of work that others state; they are criteria of those: " + names
                        + (folded.size() > 5 ? ", ..." : "") + ".",
                Optional.of(folded.iterator().next().requirement().at()));
    }
}
