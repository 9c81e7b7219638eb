package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What is done next for an attempt; {@link Steps} decides, {@link AttemptRun} does it. */
sealed interface Step {

    /**
     * Fetch the context and journal the claim.
     *
     * @param contextVersion the version that an earlier claim was made with; empty takes the newest
     */
    record Claim(OptionalLong contextVersion) implements Step {}

    /**
     * Ask the agent to begin a run: nobody can have done so yet.
     *
     * @param asked how often it was asked before, without an answer and without a run
     */
    record Create(long contextVersion, int asked) implements Step {}

    /**
     * Look for a run that may have been begun.
     *
     * @param after how long to wait first
     * @param asked how often the agent was asked to begin one by this executor
     * @param lookedUp how often it could not be asked in a row
     */
    record LookUp(long contextVersion, Duration after, int asked, int lookedUp) implements Step {}

    /** Journal the id of the run. */
    record NoteRun(String runId, long contextVersion) implements Step {}

    /** Wait until the run ends. */
    record Await(String runId, long contextVersion) implements Step {}

    /** Journal how it ended, and publish it. */
    record Finish(Optional<String> runId, Outcome outcome, long contextVersion) implements Step {}

    /** Publish again what the journal says there. */
    record Repeat(int partition, long offset) implements Step {}

    /** Do nothing more: another executor goes on with it, or nobody has to. */
    record Leave(String reason) implements Step {}
}
