package io.taskweaver.domain.schedule;

import io.taskweaver.domain.plan.TaskId;

/** What the scheduler wants sent. Sending one twice does no harm. */
public sealed interface Command {
    /** Ask for the contract of a contract node. */
    record SpecifyComponent(TaskId task) implements Command {}

    /**
     * Hand an attempt to the executors.
     *
     * @param urgency longest path from the node to the plan's end, minutes
     * @param reissued whether it may have been handed out before
     */
    record IssueAttempt(TaskId task, Attempts attempts, long urgency, boolean reissued) implements Command {}

    /** Tell of a node. */
    record AnnounceTask(TaskId task) implements Command {}

    /** Tell of the plan and all its nodes. */
    record AnnouncePlan() implements Command {}

    /** Tell how the plan ended. */
    record AnnounceEnd(PlanState.Closed end) implements Command {}
}
