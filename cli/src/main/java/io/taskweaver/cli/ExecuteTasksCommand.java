package io.taskweaver.cli;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "Runs a task list in the order of its dependencies, like run.",
            "Reads every task list that import reads, and the JSON output of the other commands. The same command"
                    + " continues where it stopped."
        })
final class ExecuteTasksCommand implements Callable<Integer> {
    @Mixin
    private InputFileOption input;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "JSON file for the tasks with their final status.")
    private @Nullable Path output;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "taskweaver-out",
            description = "Folder for the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("taskweaver-out");

    @Option(names = "--agent", paramLabel = "NAME", description = "Coding agents, as for run.")
    private @Nullable String agent;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "0",
            defaultValue = "1",
            description = "Number of tasks that run at once (default: 1; as many as possible if N is left out).")
    private int concurrent;

    @Mixin
    private CredentialOptions credentials;

    @Mixin
    private DataFolderOption dataFolder;

    private final CommandContext own;

    ExecuteTasksCommand(CommandContext context) {
        this.own = context;
    }

    @Override
    public Integer call() {
        if (output != null) OutputPath.check(output, "with --output-file");
        var arguments = new ArrayList<>(List.of(
                "run",
                input.path().toString(),
                "--out",
                out.toString(),
                "--data-dir",
                dataFolder.path().toString(),
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
            // What the name leads to is written, and not replaced.
            try (var to = Files.newOutputStream(file)) {
                Files.copy(plan, to);
            }
        } catch (IOException e) {
            throw CommandFailure.badInput(
                    file + " cannot be written: " + StorageFailure.cause(e) + ".",
                    "The results are in " + plan.getParent() + ".");
        }
    }
}
