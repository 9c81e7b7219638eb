package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.wire.TraceContext;
import java.time.Duration;
import java.util.Optional;

/** Shared state of attempts among executors: durable, ordered per plan. Entries are written through {@link AttemptPublisher}. */
interface AttemptJournal {
    /** The current state, without waiting. */
    AttemptState known(Attempt attempt);

    /** The state after all entries written so far. Waits until they are read. */
    AttemptState upToDate(Attempt attempt) throws InterruptedException;

    /**
     * Writes an entry, and waits until it is durable and read back.
     *
     * @param trace of the issued attempt
     * @return the state just before the entry
     */
    AttemptState append(ExecutionJournal entry, TraceContext trace) throws InterruptedException;

    /**
     * Waits for another state of an attempt.
     *
     * @param from the state that is known
     * @param limit how long to wait
     * @return the state then; the same if none came in time
     */
    AttemptState awaitOther(Attempt attempt, AttemptState from, Duration limit) throws InterruptedException;

    /** The outcome of the previous attempt; empty if it has none, or it is no longer retained. */
    Optional<ExecutionJournal> earlier(Attempt attempt);

    /** The outcome of an attempt, at the position in {@link AttemptState.Finished}; empty if it is no longer retained. */
    Optional<ExecutionJournal> read(AttemptState.Finished place);
}
