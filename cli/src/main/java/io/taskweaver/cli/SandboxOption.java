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
                    "Whether agents with a command line, --verify and --setup run in a sandbox (bubblewrap), where they can"
                            + " write to their work tree and do not see your home: auto (default): where it works; on: not"
                            + " without; off: never, and only in a runtime that is started with it.")
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
                    "--sandbox on: there is no sandbox on this machine (" + sandbox.about() + ").", Sandbox.remedy());
        return sandbox;
    }

    /** Whether a runtime does as asked. */
    boolean fits(LocalRuntime runtime) {
        return mode != SandboxMode.OFF || runtime.wasStarted();
    }

    CommandFailure otherwiseStarted() {
        return CommandFailure.badInput(
                "A running runtime keeps the sandbox that it was started with.",
                "Stop it with taskweaver down and run this again, or leave --sandbox off out.");
    }

    /** @throws CommandFailure if executors that are there already would have to do without */
    void isNotOffFor(String executors) {
        if (mode == SandboxMode.OFF)
            throw CommandFailure.badInput(
                    "--sandbox off has no effect on " + executors + ": its executors decide that.",
                    "Set taskweaver.executor.sandbox=off on the executors, or start a runtime of this machine with"
                            + " taskweaver up --sandbox off.");
    }
}
