package io.taskweaver.cli;

import io.taskweaver.cli.runtime.ExecutorChoices;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the executor of a local runtime works. */
final class ExecutorOptions {
    @Option(
            names = "--keep-worktrees",
            description = "Keep the folders that agents with a command line worked in, below the data folder.")
    private boolean keepWorkTrees;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            description =
                    "When the runtime is stopped, wait so long for attempts that run; 0 leaves them at once, and the"
                            + " next start goes on with them (default: 10).")
    private @Nullable Integer drainTimeout;

    /** @throws CommandFailure if a number is out of range */
    ExecutorChoices read() {
        if (drainTimeout != null && drainTimeout < 0)
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "--drain-timeout is " + drainTimeout + ".", "Use 0 or more seconds.");
        return new ExecutorChoices(
                keepWorkTrees, Optional.ofNullable(drainTimeout).map(Duration::ofSeconds));
    }
}
