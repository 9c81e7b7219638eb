package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.domain.event.PlanEvent.ExecutionJournal;
import io.taskweaver.wire.TraceContext;
import java.util.Optional;

/** What executors tell each other about attempts: durable, ordered per plan. Entries are written as {@link Reports} are. */
interface AttemptJournal {
    /** What is known now, without asking. */
    Recorded known(Attempt attempt);

    /** What everything written until now says. Waits until it is read. */
    Recorded upToDate(Attempt attempt) throws InterruptedException;

    /**
     * Claims an attempt, and waits until the claim is durable and read back.
     *
     * @param trace of the order to run it
     * @return what the journal said just before the claim
     */
    Recorded claim(ExecutionJournal claim, TraceContext trace) throws InterruptedException;

    /** How the attempt before ended; empty if it did not, or that is kept no longer. */
    Optional<ExecutionJournal> earlier(Attempt attempt);

    /** How an attempt ended, by the place that {@link Recorded.Finished} names; empty if it is kept no longer. */
    Optional<ExecutionJournal> read(Recorded.Finished place);
}
