package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.time.Instant;
import java.util.Optional;

/**
 * One record of the journal, without the outcome that it may hold.
 *
 * @param id id of the record's event
 * @param executor who wrote it
 * @param agent that the attempt is for
 * @param runId the agent's id of the run, from {@link State#CREATED} on
 * @param ticket of the order
 */
record JournalEntry(
        String id,
        Attempt attempt,
        State state,
        String executor,
        String agent,
        Optional<String> runId,
        long contextVersion,
        Optional<String> ticket,
        Instant at) {

    /** The same entry with another run. */
    JournalEntry with(Optional<String> run) {
        return new JournalEntry(id, attempt, state, executor, agent, run, contextVersion, ticket, at);
    }

    /** How far the attempt has come, in order. */
    enum State {
        CLAIMED,
        CREATED,
        FINISHED
    }
}
