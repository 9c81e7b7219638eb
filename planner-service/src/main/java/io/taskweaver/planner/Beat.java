package io.taskweaver.planner;

import java.time.Duration;
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
 */
record Beat(String executor, int slots, Duration interval, boolean active, Optional<String> reason, Set<Held> running) {

    /** An attempt that an executor holds. */
    record Held(String plan, String task, int attempt) {}
}
