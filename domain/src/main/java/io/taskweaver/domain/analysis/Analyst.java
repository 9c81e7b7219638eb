package io.taskweaver.domain.analysis;

import io.taskweaver.domain.analysis.Findings.Candidate;
import io.taskweaver.domain.analysis.Findings.Tier;
import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.document.OutlineReader;
import io.taskweaver.domain.document.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what a document asks for. A document says the same thing more than once, as features, as a roadmap, as numbered
 * requirements: the surest kind of statement that it has is taken, the others are context.
 */
public final class Analyst {
    private static final int MOST_NAMED_LINES = 8;

    private Analyst() {}

    /** What the document says. */
    public static Analysis analyse(Document document) {
        return analyse(OutlineReader.read(document).root(), document.path());
    }

    /** What a section says, with all below it. */
    static Analysis analyse(Section root, String path) {
        var finder = new RequirementFinder(root);
        finder.walk(root);
        var found = finder.findings;
        var remarks = new ArrayList<Remark>();
        var taken = Selection.of(found, remarks);
        if (taken.isEmpty()) taken = Templates.sectionsToFillIn(root, found, remarks);
        else if (!found.unfilled.isEmpty()) remarks.add(unfilled(found));
        var constraints = new ArrayList<>(found.constraints);
        if (taken.stream().anyMatch(candidate -> candidate.tier() == Tier.BINDING)) constraints.clear();
        for (var candidate : taken)
            if (candidate.requirement().quality()) constraints.add(binding(candidate.requirement()));
        constraints.addAll(Selection.unnumbered(found, taken));
        return new Analysis(
                Titling.of(root, path),
                taken.stream().map(Candidate::requirement).toList(),
                distinct(constraints),
                distinct(found.boundaries),
                found.components,
                remarks);
    }

    private static Remark unfilled(Findings found) {
        var lines = found.unfilled.stream()
                .limit(MOST_NAMED_LINES)
                .map(requirement -> "" + requirement.at().firstLine())
                .collect(Collectors.joining(", "));
        return new Remark(
                "unfilled-placeholders",
                found.unfilled.size() + " placeholders are not filled in and were left out (lines " + lines
                        + (found.unfilled.size() > MOST_NAMED_LINES ? ", ..." : "") + ").",
                Optional.of(found.unfilled.getFirst().at()));
    }

    /** A quality requirement is a task of its own and binds all others. */
    private static Statement binding(Requirement requirement) {
        var id = requirement.id().map(value -> value + ": ").orElse("");
        return new Statement(id + requirement.text().replace('\n', ' '), requirement.at());
    }

    private static List<Statement> distinct(List<Statement> statements) {
        var seen = new HashSet<String>();
        return statements.stream()
                .filter(statement -> seen.add(Words.normalised(statement.text())))
                .toList();
    }
}
