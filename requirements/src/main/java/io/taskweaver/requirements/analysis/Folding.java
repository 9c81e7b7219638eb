package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Statements that become criteria, with their ids, of others: what depends on one of them depends on its task. */
final class Folding {
    private static final int MOST_NAMED = 5;

    /** Of each host, which may be large: found by which it is, not by what it says. */
    private final Map<Candidate, List<Candidate>> parts = new IdentityHashMap<>();

    private final Map<String, String> hosts = new HashMap<>();
    private final Set<Candidate> folded = new LinkedHashSet<>();

    void fold(Candidate part, Candidate host) {
        parts.computeIfAbsent(host, key -> new ArrayList<>()).add(part);
        folded.add(part);
        if (!idOf(part).isEmpty()) hosts.put(idOf(part), idOf(host));
    }

    boolean isEmpty() {
        return folded.isEmpty();
    }

    static String idOf(Candidate candidate) {
        return candidate.requirement().id().orElse("");
    }

    private static String nameOf(Candidate candidate) {
        return candidate.requirement().id().orElse("'" + candidate.requirement().title() + "'");
    }

    /** The candidates without those that became criteria, with what points at these pointing at their tasks. */
    List<Candidate> applied(List<Candidate> candidates) {
        var grown = new IdentityHashMap<Candidate, Candidate>();
        parts.forEach((host, own) -> grown.put(host, grown(host, own)));
        return candidates.stream()
                .filter(candidate -> !folded.contains(candidate))
                .map(candidate -> grown.getOrDefault(candidate, candidate))
                .map(this::pointed)
                .toList();
    }

    private static Candidate grown(Candidate host, List<Candidate> parts) {
        var into = host.requirement();
        var criteria = new LinkedHashSet<>(into.criteria());
        var dependences = new LinkedHashSet<>(into.dependences());
        var traces = new ArrayList<>(host.traces());
        var importance = into.importance();
        for (var part : parts) {
            var from = part.requirement();
            criteria.add(Statement.of(from).text());
            criteria.addAll(from.criteria());
            dependences.addAll(from.dependences());
            importance = importance.or(from::importance);
            for (var trace : part.traces())
                traces.add(trace.use() == LineUse.TASK ? new Trace(trace.at(), LineUse.CRITERION) : trace);
        }
        var requirement = into.toBuilder()
                .criteria(List.copyOf(criteria))
                .dependences(List.copyOf(dependences))
                .importance(importance)
                .build();
        return new Candidate(host.tier(), host.boxed(), host.role(), requirement, traces);
    }

    /** A candidate that points at a task instead of what is a criterion of it. */
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

    /**
     * Says what became criteria.
     *
     * @param code of the notice
     * @param one what one of them does
     * @param many what several do
     */
    ReadingNotice remark(String code, String one, String many) {
        var names = folded.stream().map(Folding::nameOf).limit(MOST_NAMED).collect(Collectors.joining(", "));
        return new ReadingNotice(
                code,
                folded.size() + (folded.size() == 1 ? " statement " + one : " statements " + many) + ": " + names
                        + (folded.size() > MOST_NAMED ? ", ..." : "") + ".",
                Optional.of(folded.iterator().next().requirement().at()));
    }
}
