package io.taskweaver.requirements.gap;

import io.taskweaver.model.CodeEvidence;
import io.taskweaver.model.Finding;
import io.taskweaver.model.Verdict;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.Declaration;
import io.taskweaver.requirements.code.SourceFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares what is asked for with what is there. The same input always gives the same findings. */
public final class GapAnalysis {
    /** Most unrequested pieces that are worth naming. */
    private static final int MOST_UNREQUESTED = 200;

    private GapAnalysis() {}

    /** All findings; none if there is no code that can be read. */
    public static GapReport analyse(List<Requirement> requirements, Structure structure, CodeMap map) {
        if (map.isEmpty()) return GapReport.NONE;
        var index = new CodeIndex(map);
        var findings = requirements.stream()
                .filter(requirement -> !requirement.done())
                .map(requirement -> new RequirementMatch(requirement, index).finding())
                .toList();
        return new GapReport(
                findings, StructureMatch.findings(structure, map), unrequested(requirements, structure, map, findings));
    }

    private static List<Finding> unrequested(
            List<Requirement> requirements, Structure structure, CodeMap map, List<Finding> findings) {
        var asked = asked(requirements, structure);
        var used = new HashSet<String>();
        for (var finding : findings) for (var evidence : finding.evidence()) used.add(evidence.path());
        var found = new ArrayList<Finding>();
        for (var file : map.files()) {
            if (file.isTest() || used.contains(file.path())) continue;
            for (var declaration : file.declarations())
                if (isPiece(declaration)) unrequested(file, declaration, asked).ifPresent(found::add);
        }
        return found.subList(0, Math.min(found.size(), MOST_UNREQUESTED));
    }

    /** What stands for itself: a public type or function at the top of a file. */
    private static boolean isPiece(Declaration declaration) {
        boolean stands = declaration.isType() || declaration.kind() == Declaration.Kind.OPERATION;
        return stands && declaration.open() && declaration.owner().isEmpty();
    }

    private static Optional<Finding> unrequested(SourceFile file, Declaration declaration, Set<String> asked) {
        var terms = CodeTerms.of(declaration.name());
        long unknown = terms.stream().filter(term -> !asked.contains(term)).count();
        if (terms.isEmpty() || unknown == 0) return Optional.empty();
        double share = (double) unknown / terms.size();
        return Optional.of(new Finding(
                Finding.Subject.CODE,
                Optional.empty(),
                declaration.symbol(),
                Optional.empty(),
                Verdict.UNREQUESTED,
                Math.round((0.4 + 0.5 * share) * 100) / 100.0,
                unknown == terms.size()
                        ? "No word of its name is in the documents."
                        : "Part of its name is in no document.",
                List.of(new CodeEvidence(file.path(), declaration.line(), declaration.symbol()))));
    }

    private static Set<String> asked(List<Requirement> requirements, Structure structure) {
        var asked = new HashSet<String>();
        for (var requirement : requirements) {
            asked.addAll(CodeTerms.of(requirement.title() + " " + requirement.text()));
            requirement.criteria().forEach(criterion -> asked.addAll(CodeTerms.of(criterion)));
        }
        for (var component : structure.components())
            asked.addAll(CodeTerms.of(component.name() + " " + component.description()));
        return asked;
    }
}
