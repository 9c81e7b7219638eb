package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Ruling;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Makes of statements that reading is unsure of what an agent says that they are. Of a statement that has an id or a box
 * nothing else is made.
 */
final class RuledStatements {
    private final Findings found;
    private final Map<SourceSpan, Ruling> rulings = new HashMap<>();
    private final List<Candidate> taken = new ArrayList<>();
    private final List<Candidate> context = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    /** A statement, and the lines of the one that it belongs to. */
    private record Part(Candidate candidate, SourceSpan whole) {}

    private RuledStatements(Findings found, List<Ruling> rulings) {
        this.found = found;
        for (var ruling : rulings) this.rulings.put(ruling.at(), ruling);
    }

    /** What is selected once the rulings hold. */
    static StatementSelection applied(StatementSelection selection, List<Ruling> rulings, Findings found) {
        if (rulings.isEmpty()) return selection;
        var ruled = new RuledStatements(found, rulings);
        for (var candidate : selection.taken()) ruled.rule(candidate, true);
        for (var candidate : selection.context()) ruled.rule(candidate, false);
        ruled.parts.forEach(ruled::join);
        ruled.taken.sort(Comparator.comparingInt(
                candidate -> candidate.requirement().at().firstLine()));
        return new StatementSelection(ruled.taken, ruled.context);
    }

    private void rule(Candidate candidate, boolean planned) {
        var ruling = rulings.get(candidate.requirement().at());
        if (ruling == null || !StatementSelection.isUnsure(candidate)) {
            (planned ? taken : context).add(candidate);
            return;
        }
        var statement = Statement.of(candidate.requirement());
        switch (ruling.kind()) {
            case WORK -> taken.add(work(candidate, ruling));
            case PART -> parts.add(new Part(candidate, ruling.of().orElseThrow()));
            case CONSTRAINT -> found.constraints.add(statement);
            case BOUNDARY -> found.boundaries.add(statement);
            case CONTEXT -> context.add(candidate);
        }
    }

    private static Candidate work(Candidate candidate, Ruling ruling) {
        var requirement = candidate.requirement();
        var tags = new ArrayList<>(requirement.tags());
        tags.remove(StatementSelection.CHECK);
        return candidate.with(requirement.toBuilder()
                .title(ruling.title().orElse(requirement.title()))
                .tags(tags)
                .build());
    }

    /** Adds a statement to the one that it belongs to; it stays context where that one is not planned. */
    private void join(Part part) {
        for (int i = 0; i < taken.size(); i++) {
            if (!taken.get(i).requirement().at().equals(part.whole())) continue;
            taken.set(i, joined(taken.get(i), part.candidate()));
            return;
        }
        context.add(part.candidate());
    }

    /** What belongs to a statement is a condition of it; so its own words, and with them its id, stay as they are. */
    private static Candidate joined(Candidate whole, Candidate part) {
        var criteria = new LinkedHashSet<>(whole.requirement().criteria());
        criteria.add(Statement.of(part.requirement()).text());
        criteria.addAll(part.requirement().criteria());
        var traces = new ArrayList<>(whole.traces());
        for (var trace : part.traces())
            traces.add(trace.use() == LineUse.TASK ? new Trace(trace.at(), LineUse.CRITERION) : trace);
        var together =
                whole.requirement().toBuilder().criteria(List.copyOf(criteria)).build();
        return new Candidate(whole.tier(), whole.boxed(), whole.role(), together, traces);
    }
}
