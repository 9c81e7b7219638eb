package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandContext;
import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.HelpHeading;
import io.taskweaver.cli.OutputPath;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command that runs nothing writes, and for whom. */
@HelpHeading("Input and output")
final class OfflineOutput {
    @Option(names = "--output-file", paramLabel = "FILE", description = "File to write (default: standard output).")
    private @Nullable Path file;

    @Option(names = "--json", description = "Write JSON, which the other commands read as input.")
    private boolean json;

    private final CommandContext context;

    OfflineOutput(CommandContext context) {
        this.context = context;
    }

    /** Whether a program reads it. */
    boolean json() {
        return json;
    }

    /** The file that was named. */
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Writes the result, with a line break at its end.
     *
     * @throws CommandFailure if the file cannot be written
     */
    void write(String text) {
        var ended = text.endsWith("\n") ? text : text + "\n";
        if (file == null) {
            context.out().print(ended);
            context.out().flush();
            return;
        }
        write(file, ended, "--output-file");
    }

    /**
     * Writes a file that an option names.
     *
     * @throws CommandFailure if it cannot be written
     */
    static void write(Path file, String text, String option) {
        OutputPath.check(file, "with " + option);
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent != null) Files.createDirectories(parent);
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandFailure.badInput(
                    file + " cannot be written: " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Name a writable file with " + option + "."));
        }
    }
}
