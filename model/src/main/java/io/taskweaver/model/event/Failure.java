package io.taskweaver.model.event;

/** How an attempt ended without success. */
public enum Failure {
    /** Too many requests: tried again later, uses up no attempt. */
    RATE_LIMITED("the agent is rate-limited"),
    /** The agent or the machinery failed: tried again after a while, then by the next agent. */
    INFRA_FAILED("the agent or its machine failed"),
    /** A person has to answer first. */
    NEEDS_INPUT("a person must answer"),
    /** The agent could not do it: tried again with the reason as feedback, then by the next agent. */
    TASK_FAILED("the agent could not do the task"),
    /** It took too long: as if the agent could not do it. */
    TIMED_OUT("it took too long"),
    /** No money or quota is left: the next agent takes over; without one the plan pauses. */
    BUDGET_EXCEEDED("no budget is left"),
    /** Somebody stopped it at the agent: not tried again unasked. */
    CANCELLED("it was cancelled"),
    /** The executor knew of a newer attempt. */
    STALE_ATTEMPT("a newer attempt replaced it"),
    /** The credentials are wrong: the next agent takes over; without one the plan pauses. */
    REFUSED_CREDENTIALS("the agent refused the credentials"),
    /** The executor does not have the agent: the next agent takes over; without one the plan pauses. */
    AGENT_NOT_CONFIGURED("the agent is not configured there"),
    /** The executor's owner does not allow what was ordered: the plan pauses. */
    NOT_ALLOWED("the owner of the executor does not permit it"),
    /** A work tree cannot be prepared by the plan's command: no agent was asked, and the plan pauses. */
    SETUP_FAILED("the set-up command failed"),
    /** The plan's remote cannot be pushed to or fetched from: the plan pauses, and a run that was paid is awaited again. */
    REMOTE_FAILED("the remote repository could not be used"),
    /** It was stopped with its executor: tried again at once, uses up no attempt. */
    INTERRUPTED("its executor was stopped");

    private final String words;

    Failure(String words) {
        this.words = words;
    }

    /** Whether it uses up one of the attempts that a task has. */
    public boolean counts() {
        return switch (this) {
            case INFRA_FAILED, TASK_FAILED, TIMED_OUT, STALE_ATTEMPT -> true;
            case RATE_LIMITED,
                    NEEDS_INPUT,
                    BUDGET_EXCEEDED,
                    CANCELLED,
                    REFUSED_CREDENTIALS,
                    AGENT_NOT_CONFIGURED,
                    NOT_ALLOWED,
                    SETUP_FAILED,
                    REMOTE_FAILED,
                    INTERRUPTED -> false;
        };
    }

    /** Whether the plan is paused because of it: no other task would fare better. */
    public boolean halts() {
        return switch (this) {
            case REFUSED_CREDENTIALS, AGENT_NOT_CONFIGURED, BUDGET_EXCEEDED, NOT_ALLOWED, SETUP_FAILED, REMOTE_FAILED ->
                true;
            case RATE_LIMITED,
                    INFRA_FAILED,
                    NEEDS_INPUT,
                    TASK_FAILED,
                    TIMED_OUT,
                    CANCELLED,
                    STALE_ATTEMPT,
                    INTERRUPTED -> false;
        };
    }

    /** For a person. */
    public String words() {
        return words;
    }
}
