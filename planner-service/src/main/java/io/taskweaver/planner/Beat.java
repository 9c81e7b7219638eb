package io.taskweaver.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A sign of life of an executor.
 *
 * @param slots attempts that it can run at once
 * @param interval time until its next beat
 * @param active whether it takes work
 * @param reason why it takes none
 * @param running attempts that it holds
 * @param backends agents that it has
 * @param halts those of them that it does not use for a while
 */
record Beat(
        String executor,
        int slots,
        Duration interval,
        boolean active,
        Optional<String> reason,
        Set<Held> running,
        Set<String> backends,
        List<Halt> halts) {

    /**
     * An agent that an executor does not use for a while.
     *
     * @param shared whether no executor should
     */
    record Halt(String agent, String reason, Instant until, boolean shared) {}

    /** An attempt that an executor holds. */
    record Held(String plan, String task, int attempt) {}
}
