package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The next step of an attempt; {@link Steps} decides, {@link AttemptRun} executes. */
sealed interface Step {

    /**
     * Fetch the context and journal the claim.
     *
     * @param contextVersion version of an earlier claim; empty for the newest
     */
    record Claim(OptionalLong contextVersion) implements Step {}

    /**
     * Create a run: no executor can have done so yet.
     *
     * @param asked number of earlier creations without an answer and without a run
     */
    record Create(long contextVersion, int asked) implements Step {}

    /**
     * Search for a run that may have been created.
     *
     * @param after time to wait first
     * @param asked number of creations by this executor
     * @param lookedUp number of consecutive lookups without an answer
     */
    record LookUp(long contextVersion, Duration after, int asked, int lookedUp) implements Step {}

    /** Journal the id of the run. */
    record NoteRun(String runId, long contextVersion) implements Step {}

    /** Journal that this executor continues a run of its machine, and fetch the context. */
    record TakeUp(AttemptState.Created run) implements Step {}

    /** Wait until an executor on the machine of the run continues it. */
    record AwaitMachine(AttemptState.Created run) implements Step {}

    /** Wait until the run ends. */
    record Await(String runId, long contextVersion) implements Step {}

    /** Journal the outcome, and publish it. */
    record Finish(Optional<String> runId, Outcome outcome, long contextVersion) implements Step {}

    /** Republish the outcome at that position of the journal. */
    record Repeat(int partition, long offset) implements Step {}

    /** Stop: another executor continues, or nothing remains to do. */
    record Leave(String reason) implements Step {}
}
