package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * An attempt that ended: all that its events say, so that they can be published again word for word. Times are whole
 * milliseconds, as events hold them.
 *
 * @param executor who ran it
 * @param contextVersion version of the merged context that the agent was given
 * @param ticket of the order
 * @param cause id of the event that ordered it
 */
record Finished(
        Attempt attempt,
        String agent,
        String executor,
        long contextVersion,
        Instant startedAt,
        Duration took,
        Optional<String> ticket,
        String cause,
        Ending ending) {
    Finished {
        startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
        // A clock that was set back meanwhile, or another machine's, gives less than nothing.
        took = took.isNegative() ? Duration.ZERO : took.truncatedTo(ChronoUnit.MILLIS);
    }
}
