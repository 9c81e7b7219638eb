package io.taskweaver.cli;

/** What the process says to the shell. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** The plan failed or was cancelled. */
    public static final int PLAN_FAILED = 1;

    /** Wrong usage, or an input that can not be used. */
    public static final int BAD_INPUT = 2;

    /** No JDK was found; the launcher's. */
    public static final int NO_JDK = 3;

    /** The runtime could not start, died, or does not answer. */
    public static final int NO_RUNTIME = 4;

    /** The agent's credentials are missing or were refused, or its budget is spent. */
    public static final int CREDENTIALS = 5;

    /** Interrupted, e.g. by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
