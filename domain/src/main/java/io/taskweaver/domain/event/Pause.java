package io.taskweaver.domain.event;

/** That a plan is paused, and why. */
public record Pause(Cause cause, String reason) {

    /** Who paused it. */
    public enum Cause {
        /** A user. */
        USER,
        /** Its agents refuse the credentials, or have no budget left. */
        AGENT,
        /** One of its {@link io.taskweaver.domain.plan.Limits} is reached. */
        LIMIT
    }
}
