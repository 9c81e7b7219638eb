package io.taskweaver.client;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent;
import java.time.Instant;

/**
 * A plan that was archived.
 *
 * @param end how it had ended, in one word
 * @param digest SHA-256 of its archive, in hexadecimal digits
 */
public record ArchivedPlan(PlanId plan, String title, String end, Instant at, String digest) {
    static ArchivedPlan of(PlanEvent.PlanArchived event) {
        return new ArchivedPlan(event.plan(), event.title(), event.end(), event.at(), event.digest());
    }

    /** What became of archiving a plan. */
    public sealed interface Outcome {
        /**
         * It is archived.
         *
         * @param hasContexts whether the archive has its contexts and its code
         */
        record Archived(ArchivedPlan plan, boolean hasContexts) implements Outcome {}

        /**
         * It had been archived before; whatever was left of it is removed now.
         *
         * @param isHere whether the named file is its archive
         */
        record WasArchived(ArchivedPlan plan, boolean isHere) implements Outcome {}

        /**
         * It cannot be archived.
         *
         * @param reason why
         * @param hint what to do about it
         */
        record Refused(String reason, String hint) implements Outcome {}
    }
}
