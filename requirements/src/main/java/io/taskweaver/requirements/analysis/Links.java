package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.document.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Lets a requirement that links to another's heading wait for it. */
final class Links {
    private Links() {}

    /** The statements with what they link to. */
    static List<Candidate> applied(List<Candidate> candidates, List<Link> links) {
        if (links.isEmpty()) return candidates;
        var byLine = new HashMap<Integer, List<Integer>>();
        for (int i = 0; i < candidates.size(); i++)
            for (var trace : candidates.get(i).traces())
                for (int line = trace.at().firstLine(); line <= trace.at().lastLine(); line++)
                    byLine.computeIfAbsent(line, key -> new ArrayList<>()).add(i);
        var added = new HashMap<Integer, LinkedHashSet<Dependence>>();
        for (var link : links)
            for (int from : byLine.getOrDefault(link.line(), List.of()))
                for (int to : byLine.getOrDefault(link.heading(), List.of())) {
                    if (from == to || !isHeading(candidates.get(to), link.heading())) continue;
                    added.computeIfAbsent(from, key -> new LinkedHashSet<>())
                            .add(dependence(candidates.get(from), candidates.get(to), link));
                }
        return with(candidates, added);
    }

    private static boolean isHeading(Candidate candidate, int line) {
        return candidate.requirement().at().firstLine() == line;
    }

    private static Dependence dependence(Candidate from, Candidate to, Link link) {
        var at = new SourceSpan(from.requirement().at().path(), link.line(), link.line());
        var reference = to.requirement()
                .id()
                .<Reference>map(Reference.Id::new)
                .orElseGet(() -> new Reference.Name(to.requirement().title()));
        return new Dependence(List.of(new Reference.Linked(reference)), "links to '" + link.title() + "'", false, at);
    }

    private static List<Candidate> with(List<Candidate> candidates, Map<Integer, LinkedHashSet<Dependence>> added) {
        var linked = new ArrayList<Candidate>();
        for (int i = 0; i < candidates.size(); i++) {
            var own = added.get(i);
            if (own == null) {
                linked.add(candidates.get(i));
                continue;
            }
            var requirement = candidates.get(i).requirement();
            var all = new LinkedHashSet<>(requirement.dependences());
            all.addAll(own);
            linked.add(candidates
                    .get(i)
                    .with(requirement.toBuilder().dependences(List.copyOf(all)).build()));
        }
        return linked;
    }
}
