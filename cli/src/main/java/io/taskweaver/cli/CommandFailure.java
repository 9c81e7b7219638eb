package io.taskweaver.cli;

import java.util.List;

/** A command cannot do what it was asked to do; the message names the cause and the remedy. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> details;
    private final String hint;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message what is wrong
     * @param details lines below it, may be empty
     * @param hint what to do about it; may be empty
     */
    public CommandFailure(int exitCode, String message, List<String> details, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.details = List.copyOf(details);
        this.hint = hint;
    }

    public CommandFailure(int exitCode, String message, String hint) {
        this(exitCode, message, List.of(), hint);
    }

    /** Wrong usage, or an input that cannot be used. */
    public static CommandFailure badInput(String message, String hint) {
        return badInput(message, List.of(), hint);
    }

    /** The same with lines below the message. */
    public static CommandFailure badInput(String message, List<String> details, String hint) {
        return new CommandFailure(ExitCode.BAD_INPUT, message, details, hint);
    }

    /** Somebody asked the command to stop. */
    static CommandFailure interrupted() {
        return new CommandFailure(ExitCode.INTERRUPTED, "Interrupted.", "Run the command again.");
    }

    public int exitCode() {
        return exitCode;
    }

    public List<String> details() {
        return details;
    }

    public String hint() {
        return hint;
    }
}
