package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.wire.TraceContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What executors tell each other about attempts: durable, ordered per plan. */
interface AttemptJournal {
    /** What is known now, without asking. */
    Recorded known(Attempt attempt);

    /** What everything written until now says. Waits until it is read. */
    Recorded upToDate(Attempt attempt) throws InterruptedException;

    /**
     * Claims an attempt, and waits until the claim is durable and read back.
     *
     * @return what the journal said just before the claim
     */
    Recorded claim(Ready ready, long contextVersion) throws InterruptedException;

    /** Writes down which run an attempt has. Nothing waits for it: without it the run is looked up. */
    void created(Ready ready, String runId, long contextVersion);

    /**
     * Writes down how an attempt ended; completes when that is durable.
     *
     * @param trace of the order to run it
     */
    CompletableFuture<Void> finished(Finished finished, TraceContext trace);

    /** How the attempt before ended; empty if it did not, or that is kept no longer. */
    Optional<Finished> earlier(Attempt attempt);

    /** How an attempt ended, by the place that {@link Recorded.Finished} names; empty if it is kept no longer. */
    Optional<Finished> read(Recorded.Finished place);
}
