package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Plan;
import io.taskweaver.model.Rejection;
import java.util.List;

/** What becomes of a submission. */
public sealed interface Planning {
    /** It is a plan. */
    record Planned(Plan plan) implements Planning {}

    /**
     * It cannot be one.
     *
     * @param rejections all reasons found, in document order; at least one
     */
    record Rejected(List<Rejection> rejections) implements Planning {
        public Rejected {
            rejections = List.copyOf(rejections);
            if (rejections.isEmpty()) throw new IllegalArgumentException("a rejection needs a reason");
        }
    }
}
