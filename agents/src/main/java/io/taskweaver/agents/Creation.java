package io.taskweaver.agents;

/** What became of asking an agent to begin a run. */
public sealed interface Creation {
    /** The run exists. */
    record Created(String runId) implements Creation {}

    /** The run certainly does not exist, because of {@code outcome}. */
    record Refused(Outcome.Unsuccessful outcome) implements Creation {}

    /** The run may exist: nobody answered. Look it up before creating another. */
    record Unknown(String reason) implements Creation {}
}
