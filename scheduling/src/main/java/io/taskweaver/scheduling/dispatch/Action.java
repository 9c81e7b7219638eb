package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Resolution;
import io.taskweaver.model.TaskId;
import java.util.Optional;

/** What the scheduler wants sent. Sending one twice does no harm. */
public sealed interface Action {
    /** Ask for the contract of a contract node. */
    record SpecifyComponent(TaskId task) implements Action {}

    /**
     * Hand an attempt to the executors.
     *
     * @param agent which runs it
     * @param urgency longest path from the node to the plan's end, minutes
     * @param reissued whether it may have been handed out before
     */
    record IssueAttempt(TaskId task, String agent, Attempts attempts, long urgency, boolean reissued)
            implements Action {}

    /** Tell of a node. */
    record AnnounceTask(TaskId task) implements Action {}

    /** Tell that a result may be merged. */
    record ApproveResult(TaskId task, int attempt) implements Action {}

    /** Tell what a person settled a task with: it counts as the result of the attempt. */
    record AnnounceResolution(TaskId task, int attempt, Resolution resolution) implements Action {}

    /** Have executors stop what they run for a task. */
    record StopAttempts(TaskId task, String reason) implements Action {}

    /**
     * Tell that a result is given up.
     *
     * @param rejection why a person rejected it; empty if nobody did
     */
    record Withdraw(TaskId task, int attempt, Optional<String> rejection) implements Action {
        /** Nobody brings in a conflicting result any more. */
        Withdraw(TaskId task, int attempt) {
            this(task, attempt, Optional.empty());
        }
    }

    /** Tell of the plan and all its nodes. */
    record AnnouncePlan() implements Action {}

    /**
     * Tell whether the plan is paused, what waits for a person, and what was used.
     *
     * @param warning what the user should know at once
     */
    record AnnounceStanding(Optional<String> warning) implements Action {}

    /** Tell how the plan ended. */
    record AnnounceEnd(PlanState.Closed end) implements Action {}
}
