package io.taskweaver.cli.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the executor of a runtime works.
 *
 * @param keepWork whether folders in which agents worked stay
 * @param drain how long attempts that run are waited for when it is stopped; empty for the usual time
 */
public record ExecutorChoices(boolean keepWork, Optional<Duration> drain) {
    public static final ExecutorChoices USUAL = new ExecutorChoices(false, Optional.empty());

    /** As options of a JVM. */
    List<String> options() {
        var options = new ArrayList<String>();
        if (keepWork) options.add("-Dtaskweaver.executor.keep-work=true");
        drain.ifPresent(time -> options.add("-Dtaskweaver.executor.drain-timeout=" + time));
        return options;
    }
}
