package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.time.Instant;
import java.util.Optional;

/**
 * One record of the journal, without the outcome that it may hold.
 *
 * @param id id of the record's event
 * @param executor who wrote it
 * @param runId the agent's id of the run, from {@link State#CREATED} on
 */
record JournalEntry(
        String id,
        Attempt attempt,
        State state,
        String executor,
        Optional<String> runId,
        long contextVersion,
        Instant at) {

    /** How far the attempt has come, in order. */
    enum State {
        CLAIMED,
        CREATED,
        FINISHED
    }
}
