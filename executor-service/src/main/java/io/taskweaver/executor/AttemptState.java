package io.taskweaver.executor;

import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * A run exists.
     *
     * @param executor that created it, or was the last on its machine to take it up
     * @param place where it is; empty if every executor can continue it
     * @param entry id of that executor's entry
     */
    record Created(
            String executor, String runId, Optional<RunPlace> place, long contextVersion, Instant since, String entry)
            implements AttemptState {
        boolean isOn(String machine) {
            return place.filter(at -> at.machine().equals(machine)).isPresent();
        }

        /** Whether executors of a machine cannot continue it. */
        boolean isElsewhere(String machine) {
            return place.isPresent() && !isOn(machine);
        }
    }

    /** It has ended; the outcome is at this position of the journal. */
    record Finished(int partition, long offset) implements AttemptState {}
}
