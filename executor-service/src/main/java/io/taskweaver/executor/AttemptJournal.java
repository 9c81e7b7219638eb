package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.wire.TraceContext;
import java.util.Optional;

/** Shared state of attempts among executors: durable, ordered per plan. Entries are written through {@link AttemptPublisher}. */
interface AttemptJournal {
    /** The current state, without waiting. */
    AttemptState known(Attempt attempt);

    /** The state after all entries written so far. Waits until they are read. */
    AttemptState upToDate(Attempt attempt) throws InterruptedException;

    /**
     * Claims an attempt, and waits until the claim is durable and read back.
     *
     * @param trace of the issued attempt
     * @return the state just before the claim
     */
    AttemptState claim(ExecutionJournal claim, TraceContext trace) throws InterruptedException;

    /** The outcome of the previous attempt; empty if it has none, or it is no longer retained. */
    Optional<ExecutionJournal> earlier(Attempt attempt);

    /** The outcome of an attempt, at the position in {@link AttemptState.Finished}; empty if it is no longer retained. */
    Optional<ExecutionJournal> read(AttemptState.Finished place);
}
