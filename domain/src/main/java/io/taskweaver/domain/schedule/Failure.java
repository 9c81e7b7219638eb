package io.taskweaver.domain.schedule;

/** How an attempt ended without success. */
public enum Failure {
    /** Too many requests: tried again later, uses up no attempt. */
    RATE_LIMITED,
    /** The agent or the machinery failed: tried again after a while, then by the next agent. */
    INFRA_FAILED,
    /** A person has to answer first. */
    NEEDS_INPUT,
    /** The agent could not do it: tried again with the reason as feedback, then by the next agent. */
    TASK_FAILED,
    /** It took too long: as if the agent could not do it. */
    TIMED_OUT,
    /** No money or quota is left: the next agent goes on; without one the plan pauses. */
    BUDGET_EXCEEDED,
    /** Somebody stopped it at the agent: not tried again unasked. */
    CANCELLED,
    /** The executor knew of a newer attempt. */
    STALE_ATTEMPT,
    /** The credentials are wrong: the next agent goes on; without one the plan pauses. */
    REFUSED_CREDENTIALS,
    /** The executor's owner does not allow what was ordered: the plan pauses. */
    NOT_ALLOWED,
    /** It was stopped with its executor: tried again at once, uses up no attempt. */
    INTERRUPTED
}
