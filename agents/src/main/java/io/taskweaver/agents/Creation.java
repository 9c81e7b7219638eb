package io.taskweaver.agents;

/** Result of a creation. */
public sealed interface Creation {
    /** The run exists. */
    record Created(String runId) implements Creation {}

    /** The run certainly does not exist, because of {@code outcome}. */
    record Refused(Outcome.Unsuccessful outcome) implements Creation {}

    /** The run may exist: there was no answer. Look it up before creating another. */
    record Unknown(String reason) implements Creation {}
}
