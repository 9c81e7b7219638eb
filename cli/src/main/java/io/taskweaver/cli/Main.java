package io.taskweaver.cli;

/** Where the process begins. */
public final class Main {
    private Main() {}

    /** Runs one command; the exit code is one of {@link ExitCode}. */
    public static void main(String[] arguments) {
        var output = StandardOutput.ofThisProcess();
        var context = CommandContext.ofThisProcess(output);
        System.exit(output.end(CommandLines.of(context).execute(arguments), context.err()));
    }
}
