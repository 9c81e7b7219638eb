package io.taskweaver.cli;

import io.taskweaver.cli.runtime.ExecutorChoices;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the executor of a local runtime works. */
@HelpHeading("Local runtime")
final class ExecutorOptions {
    @Option(
            names = "--keep-worktrees",
            description = "Keep the Git work trees of command-line agents, below the data folder.")
    private boolean keepWorkTrees;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            description =
                    "How long a stopping runtime waits for running attempts (default: 10). Command-line agents are"
                            + " then stopped, and their tasks start again with the next start; others continue.")
    private @Nullable Integer drainTimeout;

    /**
     * What was chosen.
     *
     * @param sandbox whether commands run in a sandbox
     * @throws CommandFailure if a number is out of range
     */
    ExecutorChoices read(SandboxOption sandbox) {
        if (drainTimeout != null && drainTimeout < 0)
            throw CommandFailure.badInput("--drain-timeout is " + drainTimeout + ".", "Use 0 or more seconds.");
        return new ExecutorChoices(
                keepWorkTrees,
                Optional.ofNullable(drainTimeout).map(Duration::ofSeconds),
                sandbox.mode(),
                Optional.empty());
    }
}
