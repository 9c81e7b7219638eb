package io.taskweaver.cli;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /** Runs one command; the exit code is one of {@link ExitCode}. */
    public static void main(String[] arguments) {
        System.exit(CommandLines.of(CommandContext.ofThisProcess()).execute(arguments));
    }
}
