package io.taskweaver.executor;

import java.time.Instant;

/** How far an attempt has come, by the journal. */
sealed interface Recorded {

    /** Nobody has begun it. */
    record Nothing() implements Recorded {}

    /** A newer attempt at the same task is known: this one changes nothing any more. */
    record Superseded(int newest) implements Recorded {}

    /**
     * Somebody is about to ask the agent, or has.
     *
     * @param executor who claimed it last
     * @param contextVersion context that the first claim was made with, and so a run may have been given
     * @param since when it was first claimed
     */
    record Claimed(String executor, long contextVersion, Instant since) implements Recorded {}

    /** A run exists. */
    record Created(String runId, long contextVersion, Instant since) implements Recorded {}

    /** It has ended; how is at this place of the journal. */
    record Finished(int partition, long offset) implements Recorded {}
}
