package io.taskweaver.access;

import java.time.Duration;

/**
 * Timeouts of a connection, in nanoseconds.
 *
 * @param head for the head of a request
 * @param idle between two requests
 * @param window over which a rate is measured
 * @param bytesPerWindow of a body or an answer
 */
record ConnectionTimeouts(long head, long idle, long window, long bytesPerWindow) {
    private static final long LONGEST_TICK = Duration.ofSeconds(1).toNanos();

    static ConnectionTimeouts of(HttpLimits limits) {
        return new ConnectionTimeouts(
                limits.headTimeout().toNanos(),
                limits.idleTimeout().toNanos(),
                limits.rateWindow().toNanos(),
                limits.minimumRate().asLongValue() * limits.rateWindow().toMillis() / 1000);
    }

    /** Interval of checks. */
    long tick() {
        return Math.max(1_000_000, Math.min(LONGEST_TICK, Math.min(Math.min(head, idle), window) / 4));
    }
}
