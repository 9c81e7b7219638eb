package io.taskweaver.domain.schedule;

/** How an attempt ended without success. */
public enum Failure {
    /** Too many requests: tried again later, uses up no attempt. */
    RATE_LIMITED,
    /** The agent or the machinery failed: tried again after a while. */
    INFRA_FAILED,
    /** A person has to answer first. */
    NEEDS_INPUT,
    /** The agent could not do it: tried again with the reason as feedback. */
    TASK_FAILED,
    /** It took too long: tried again. */
    TIMED_OUT,
    /** No money or quota is left: the plan pauses. */
    BUDGET_EXCEEDED,
    /** Somebody stopped it at the agent: not tried again unasked. */
    CANCELLED,
    /** The executor knew of a newer attempt. */
    STALE_ATTEMPT,
    /** The credentials are wrong: the plan pauses. */
    REFUSED_CREDENTIALS
}
