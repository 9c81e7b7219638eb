package io.taskweaver.cli;

import io.taskweaver.agents.command.Sandbox;
import io.taskweaver.agents.command.SandboxMode;
import io.taskweaver.agents.command.SandboxSettings;
import io.taskweaver.cli.runtime.LocalRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether commands of agents and of plans run in a sandbox. */
@HelpHeading("Agents and attempts")
final class SandboxOption {
    @Option(
            names = "--sandbox",
            paramLabel = "MODE",
            description =
                    "Whether command-line agents, --verify and --setup run in a sandbox (bubblewrap), in which they can"
                            + " write only to their work tree, what the agent's file names and downloads of build tools,"
                            + " and the rest of your home is hidden, but for tools. auto (default): where it works; on:"
                            + " required; off: never, which only a newly started runtime accepts.")
    private @Nullable SandboxMode mode;

    /** What was asked for. */
    Optional<SandboxMode> mode() {
        return Optional.ofNullable(mode);
    }

    /** Whether commands must not run without one. */
    boolean isRequired() {
        return mode == SandboxMode.ON;
    }

    /** The sandbox for an agent that works for this process alone. */
    Sandbox here(CommandContext context, Path work) {
        var usual = SandboxSettings.USUAL;
        var settings = new SandboxSettings(
                usual.read(), usual.write(), List.of(work), usual.variables(), usual.network(), usual.caches());
        return checked(Sandbox.of(mode().orElse(SandboxMode.AUTO), settings, context.environment()));
    }

    /**
     * Makes sure that it works on this machine if it is required, before anything starts.
     *
     * @throws CommandFailure if it does not
     */
    void checkHere(CommandContext context) {
        if (isRequired()) checked(Sandbox.of(SandboxMode.ON, SandboxSettings.USUAL, context.environment()));
    }

    private Sandbox checked(Sandbox sandbox) {
        if (isRequired() && !sandbox.isOn())
            throw CommandFailure.badInput(
                    "--sandbox on: this machine has no working sandbox (" + sandbox.about() + ").", Sandbox.remedy());
        return sandbox;
    }

    /** Whether a runtime does as asked. */
    boolean fits(LocalRuntime runtime) {
        return mode != SandboxMode.OFF || runtime.wasStarted();
    }

    CommandFailure otherwiseStarted() {
        return CommandFailure.badInput(
                "The sandbox of a running runtime cannot be changed.",
                "Stop the runtime with taskweaver down and run this again, or leave out --sandbox off.");
    }

    /** @throws CommandFailure if executors that are there already would have to do without */
    void isNotOffFor(String executors) {
        if (mode == SandboxMode.OFF)
            throw CommandFailure.badInput(
                    "--sandbox off has no effect on " + executors + ": its executors have their own setting.",
                    "Set taskweaver.executor.sandbox=off for the executors, or start a local runtime with"
                            + " taskweaver up --sandbox off.");
    }
}
