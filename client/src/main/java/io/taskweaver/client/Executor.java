package io.taskweaver.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an executor last said of itself.
 *
 * @param lastBeat when it said so, by its clock
 * @param interval time until its next beat
 * @param slots attempts that it can run at once
 * @param running attempts that it runs
 * @param agents back ends that it can use
 * @param reason why it takes no work, where it takes none
 */
public record Executor(
        String id,
        Instant lastBeat,
        Duration interval,
        int slots,
        int running,
        List<String> agents,
        State state,
        Optional<String> reason) {
    private static final int BEATS_UNTIL_SILENT = 5;

    /** Whether it takes work. */
    public enum State {
        ACTIVE,
        DRAINING,
        HALTED
    }

    public Executor {
        agents = List.copyOf(agents);
    }

    /** Whether it was heard of within its last few beats. */
    public boolean isAlive(Instant now) {
        return lastBeat.plus(interval.multipliedBy(BEATS_UNTIL_SILENT)).isAfter(now);
    }
}
