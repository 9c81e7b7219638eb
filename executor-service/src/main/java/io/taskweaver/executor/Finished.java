package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.time.Duration;
import java.time.Instant;

/**
 * An attempt that ended: all that its events say, so that they can be published again word for word.
 *
 * @param executor who ran it
 * @param contextVersion version of the merged context that the agent was given
 * @param cause id of the event that ordered it
 */
record Finished(
        Attempt attempt,
        String agent,
        String executor,
        long contextVersion,
        Instant startedAt,
        Duration took,
        String cause,
        Ending ending) {}
