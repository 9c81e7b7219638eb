package io.taskweaver.cli;

import io.taskweaver.cli.runtime.LocalRuntime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskweaver down}: stops what {@code up} started. */
@Command(
        name = "down",
        description = "Stops the local runtime. Its data stays: plans that are under way go on at the next start.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
final class DownCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private SystemOptions system;

    private final Surroundings surroundings;

    DownCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (system.cluster().isPresent())
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "A cluster is not stopped from here.",
                    "Leave --bootstrap, --config and --cluster out.");
        surroundings
                .out()
                .println(
                        LocalRuntime.stop(system.dataDir())
                                ? "stopped"
                                : "No runtime is up in " + system.dataDir() + ".");
        return ExitCode.DONE;
    }
}
