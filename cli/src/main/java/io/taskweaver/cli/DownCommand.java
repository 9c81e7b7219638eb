package io.taskweaver.cli;

import io.taskweaver.cli.runtime.LocalRuntime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskweaver down}: stops what {@code up} started. */
@Command(
        name = "down",
        description = {
            "Stops the local runtime.",
            "Its data is kept: unfinished plans continue when it is started again."
        })
final class DownCommand implements Callable<Integer> {
    @Mixin
    private DataFolderOption dataFolder;

    private final CommandContext context;

    DownCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var folder = dataFolder.path();
        context.out().println(LocalRuntime.stop(folder) ? "stopped" : "No runtime is running in " + folder + ".");
        return ExitCode.DONE;
    }
}
