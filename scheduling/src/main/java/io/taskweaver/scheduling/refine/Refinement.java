package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import java.util.List;

/**
 * A plan after changes were proposed to it.
 *
 * @param plan with all changes that hold, and no others
 * @param verdicts one for each proposed change, in their order
 */
public record Refinement(Plan plan, List<Verdict> verdicts) {
    public Refinement {
        verdicts = List.copyOf(verdicts);
    }

    /** What became of a proposed change. */
    public sealed interface Verdict {
        PlanChange change();

        /** It holds. */
        record Accepted(PlanChange change) implements Verdict {}

        /**
         * It does not.
         *
         * @param reason which rule it breaks, as a sentence
         */
        record Refused(PlanChange change, String reason) implements Verdict {}
    }

    /** The changes that hold, in their order. */
    public List<PlanChange> accepted() {
        return verdicts.stream()
                .filter(Verdict.Accepted.class::isInstance)
                .map(Verdict::change)
                .toList();
    }
}
