package io.taskweaver.executor;

import java.time.Instant;

/** State of an attempt according to the journal. */
sealed interface AttemptState {

    /** It was not started. */
    record Nothing() implements AttemptState {}

    /** A newer attempt at the same task is known: this one is obsolete. */
    record Superseded(int newest) implements AttemptState {}

    /**
     * An executor creates a run, or has done so.
     *
     * @param executor that claimed it last
     * @param contextVersion context version of the first claim, which a run may have been given
     * @param since time of the first claim
     */
    record Claimed(String executor, long contextVersion, Instant since) implements AttemptState {}

    /** A run exists. */
    record Created(String runId, long contextVersion, Instant since) implements AttemptState {}

    /** It has ended; the outcome is at this position of the journal. */
    record Finished(int partition, long offset) implements AttemptState {}
}
