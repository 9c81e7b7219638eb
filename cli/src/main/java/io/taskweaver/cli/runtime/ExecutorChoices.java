package io.taskweaver.cli.runtime;

import io.taskweaver.agents.command.SandboxMode;
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
 */
public record ExecutorChoices(boolean keepWork, Optional<Duration> drain, Optional<SandboxMode> sandbox) {
    public static final ExecutorChoices USUAL = new ExecutorChoices(false, Optional.empty(), Optional.empty());

    /** As options of a JVM. */
    List<String> options() {
        var options = new ArrayList<String>();
        if (keepWork) options.add("-Dtaskweaver.executor.keep-work=true");
        drain.ifPresent(time -> options.add("-Dtaskweaver.executor.drain-timeout=" + time));
        sandbox.ifPresent(mode ->
                options.add("-Dtaskweaver.executor.sandbox=" + mode.name().toLowerCase(Locale.ROOT)));
        return options;
    }
}
