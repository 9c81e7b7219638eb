package io.taskweaver.cli;

import io.taskweaver.domain.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver execute-tasks}: a list of tasks, run as {@code run} does. */
@Command(
        name = "execute-tasks",
        description = {
            "Runs a list of tasks in the order of their dependencies: run, by the names that scripts use.",
            "Takes every list that import reads. The same command goes on where it stopped."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
final class ExecuteTasksCommand implements Callable<Integer> {
    @Option(
            names = "--input-file",
            paramLabel = "FILE",
            required = true,
            description = "List of tasks, e.g. tasks.json.")
    private Path input = Path.of("");

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "File for the tasks as they stand in the end, as JSON.")
    private @Nullable Path output;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "taskweaver-out",
            description = "Folder for all results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("taskweaver-out");

    @Option(names = "--agent", paramLabel = "NAME", description = "Coding agents, as in run.")
    private @Nullable String agent;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "0",
            defaultValue = "1",
            description = "Run so many tasks at once (without: one after the other; without a number: as many as can).")
    private int concurrent;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".taskweaver",
            description = "Data folder of the local runtime (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of(".taskweaver");

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CredentialOptions credentials;

    private final Surroundings own;

    ExecuteTasksCommand(Surroundings surroundings) {
        this.own = surroundings;
    }

    @Override
    public Integer call() {
        var arguments = new ArrayList<>(List.of(
                "run",
                input.toString(),
                "--out",
                out.toString(),
                "--data-dir",
                dataDir.toString(),
                "--max-concurrent",
                String.valueOf(concurrent)));
        if (agent != null) arguments.addAll(List.of("--agent", agent));
        int exitCode = CommandLines.of(credentials.in(own)).execute(arguments.toArray(String[]::new));
        if (output != null) copy(out.resolve("plan.json"), output);
        return exitCode;
    }

    private static void copy(Path plan, Path file) {
        if (!Files.exists(plan)) return;
        try {
            if (file.toAbsolutePath().getParent() != null)
                Files.createDirectories(file.toAbsolutePath().getParent());
            Files.copy(plan, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    file + " cannot be written: " + StorageFailure.cause(e) + ".",
                    "The results are in " + plan.getParent() + ".");
        }
    }
}
