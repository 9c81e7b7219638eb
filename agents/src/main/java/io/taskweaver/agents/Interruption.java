package io.taskweaver.agents;

/** What becomes of a run when its executor stops. */
public sealed interface Interruption {

    /** It continues, and the next executor awaits it. */
    record Continues() implements Interruption {}

    /** It cannot be left to the next executor, and was stopped. */
    record Stopped(Outcome.Interrupted outcome) implements Interruption {}

    /** It had ended before, or is not here: awaiting it returns its outcome at once. */
    record Over() implements Interruption {}
}
