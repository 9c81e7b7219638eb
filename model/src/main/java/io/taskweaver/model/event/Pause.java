package io.taskweaver.model.event;

/** That a plan is paused, and why. */
public record Pause(Cause cause, String reason) {

    /** Who paused it. */
    public enum Cause {
        /** A user. */
        USER,
        /** Its agents refuse the credentials, or have no budget left. */
        AGENT,
        /** One of its {@link io.taskweaver.model.Limits} is reached. */
        LIMIT
    }
}
