package io.taskweaver.requirements.gap;

import io.taskweaver.model.Finding;
import io.taskweaver.model.Verdict;
import java.util.List;

/**
 * What separates the documents from the code.
 *
 * @param requirements one finding for each requirement, in document order; those that the document marks as done left out
 * @param structure one for each component and dependency that STRUCTURE.md names
 * @param unrequested public types and functions that nothing asks for
 */
public record GapReport(List<Finding> requirements, List<Finding> structure, List<Finding> unrequested) {
    public static final GapReport NONE = new GapReport(List.of(), List.of(), List.of());

    public GapReport {
        requirements = List.copyOf(requirements);
        structure = List.copyOf(structure);
        unrequested = List.copyOf(unrequested);
    }

    /** How many requirements have a verdict. */
    public long count(Verdict verdict) {
        return requirements.stream()
                .filter(finding -> finding.verdict() == verdict)
                .count();
    }
}
