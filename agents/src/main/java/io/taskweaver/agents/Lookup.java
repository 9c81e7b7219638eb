package io.taskweaver.agents;

/** Whether an agent has a run of an attempt. */
public sealed interface Lookup {
    /** It has. */
    record Found(String runId) implements Lookup {}

    /** It has none. */
    record Absent() implements Lookup {}

    /** Unknown, because of {@code outcome}. */
    record Unavailable(Outcome.Unsuccessful outcome) implements Lookup {}
}
