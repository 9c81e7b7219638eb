package io.taskweaver.domain.refine;

import io.taskweaver.domain.plan.Submission;
import java.util.List;

/**
 * What a user hands in, with what is to be changed in the plan that it gives.
 *
 * @param changes to apply, in their order
 */
public record RefinedSubmission(Submission submission, List<PlanChange> changes) {
    public RefinedSubmission {
        changes = List.copyOf(changes);
    }

    /** A submission whose plan stands as it is. */
    public static RefinedSubmission unchanged(Submission submission) {
        return new RefinedSubmission(submission, List.of());
    }
}
