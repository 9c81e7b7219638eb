package io.taskweaver.planner;

import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Task;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.dispatch.PlanState;
import java.time.Instant;
import java.util.List;

/** State of a submission. It is stored last, so that a plan with a head is stored completely. */
sealed interface PlanHead {
    PlanId id();

    /** When it became what it is. */
    Instant at();

    /** The state of the plan, in one word. */
    default PlanStage stage() {
        return switch (this) {
            case Made made -> PlanStage.of(made.state());
            case Waiting waiting -> PlanStage.PLANNING;
            case Refused refused -> PlanStage.REJECTED;
            case Archived archived -> PlanStage.ARCHIVED;
        };
    }

    /**
     * It is a plan.
     *
     * @param title the plan's title
     * @param createdAt when it was made
     * @param limits its limits
     */
    record Made(PlanId id, String title, Instant createdAt, PlanState state, Task.Priority priority, Limits limits)
            implements PlanHead {
        @Override
        public Instant at() {
            return createdAt;
        }

        Made with(PlanState changed) {
            return new Made(id, title, createdAt, changed, priority, limits);
        }

        Made with(Task.Priority changed) {
            return new Made(id, title, createdAt, state, changed, limits);
        }

        Made with(Limits changed) {
            return new Made(id, title, createdAt, state, priority, changed);
        }
    }

    /**
     * It waits to be planned.
     *
     * @param starts how many planners started to plan it; more than one if planners died meanwhile
     */
    record Waiting(PlanId id, Instant at, int starts) implements PlanHead {
        Waiting begun() {
            return new Waiting(id, at, starts + 1);
        }
    }

    /**
     * It had ended, and is archived.
     *
     * @param end how it had ended, in one word
     * @param digest SHA-256 of its archive, in hexadecimal digits
     */
    record Archived(PlanId id, String title, Instant at, String end, String digest) implements PlanHead {}

    /** It was rejected. */
    record Refused(PlanId id, Instant at, List<Rejection> rejections) implements PlanHead {}
}
