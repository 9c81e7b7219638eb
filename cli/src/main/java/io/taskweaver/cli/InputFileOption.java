package io.taskweaver.cli;

import io.taskweaver.client.Sources;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one file that a command reads, else what is piped in. */
final class InputFileOption {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "File to read; - for standard input (default: standard input).")
    private @Nullable Path file;

    @Option(names = "--input-file", paramLabel = "FILE", description = "The same as FILE.")
    private @Nullable Path option;

    private final CommandContext context;

    InputFileOption(CommandContext context) {
        this.context = context;
    }

    /**
     * The file; {@link Sources#STANDARD_INPUT} for what is piped in.
     *
     * @throws CommandFailure if none is named and nothing can be piped in, or two are named
     */
    Path path() {
        if (file != null && option != null)
            throw CommandFailure.badInput("Two input files are named: " + file + " and " + option + ".", "Name one.");
        if (file != null) return file;
        if (option != null) return option;
        if (context.isInputTerminal())
            throw CommandFailure.badInput(
                    "No input file is named, and nothing is piped in.",
                    "Name a file, or pipe the output of another command in.");
        return Sources.STANDARD_INPUT;
    }
}
