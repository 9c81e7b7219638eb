package io.taskweaver.planner;

import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.refine.PlanChange;
import io.taskweaver.domain.schedule.Report;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** An event that the planner reads, in the domain's words. */
sealed interface Inbound {
    /** The event's own id. */
    String eventId();

    /** The event as it was read. */
    SpecificRecord event();

    /**
     * What a user hands in.
     *
     * @param changes to make in its plan, in their order
     */
    record Submitted(String eventId, SpecificRecord event, Submission submission, List<PlanChange> changes)
            implements Inbound {
        public Submitted {
            changes = List.copyOf(changes);
        }
    }

    /**
     * A submission that breaks a rule of its form.
     *
     * @param planId as written, whatever it is
     * @param why what is wrong
     */
    record Unusable(String eventId, SpecificRecord event, String planId, Rejection why) implements Inbound {}

    /** Something about a plan that should be known. */
    record Told(String eventId, SpecificRecord event, PlanId plan, Report report) implements Inbound {}
}
