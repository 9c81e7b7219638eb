package io.taskweaver.cli;

/** What the process says to the shell. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** The plan failed or was cancelled. */
    public static final int PLAN_FAILED = 1;

    /** Wrong usage, or an input that cannot be used. */
    public static final int BAD_INPUT = 2;

    /** No JDK was found; the launcher's. */
    public static final int NO_JDK = 3;

    /** The runtime could not be started, ended unexpectedly, or does not respond. */
    public static final int NO_RUNTIME = 4;

    /** The agent's credentials are missing or were rejected, or the budget is used up. */
    public static final int CREDENTIALS = 5;

    /** All that is left of the plan waits for a person, and the run was not to wait for that. */
    public static final int WAITS_FOR_PERSON = 6;

    /** Interrupted, e.g. by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
