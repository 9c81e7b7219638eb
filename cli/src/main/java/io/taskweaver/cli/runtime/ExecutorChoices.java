package io.taskweaver.cli.runtime;

import io.taskweaver.agents.command.SandboxMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the executor of a runtime works.
 *
 * @param keepWork whether folders in which agents worked stay
 * @param drain how long attempts that run are waited for when it is stopped; empty for the usual time
 * @param sandbox whether commands run in a sandbox; empty for what is configured
 * @param hidden folder that they do not see there
 */
public record ExecutorChoices(
        boolean keepWork, Optional<Duration> drain, Optional<SandboxMode> sandbox, Optional<Path> hidden) {
    public static final ExecutorChoices USUAL =
            new ExecutorChoices(false, Optional.empty(), Optional.empty(), Optional.empty());

    /** The same, with a folder that commands in a sandbox do not see. */
    public ExecutorChoices hiding(Optional<Path> folder) {
        return new ExecutorChoices(keepWork, drain, sandbox, folder);
    }

    /** As options of a JVM. */
    List<String> options() {
        var options = new ArrayList<String>();
        if (keepWork) options.add("-Dtaskweaver.executor.keep-work=true");
        drain.ifPresent(time -> options.add("-Dtaskweaver.executor.drain-timeout=" + time));
        sandbox.ifPresent(mode ->
                options.add("-Dtaskweaver.executor.sandbox=" + mode.name().toLowerCase(Locale.ROOT)));
        hidden.ifPresent(folder -> options.add("-Dtaskweaver.executor.sandbox.hide="
                + folder.toAbsolutePath().normalize().toString().replace(",", "\\,")));
        return options;
    }
}
