package io.taskweaver.agents.command;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of commands.
 *
 * @param folder folder of runs, the same for all executors of a machine
 * @param keep whether folders of ended runs are kept
 * @param most maximum bytes of all files that one run changes, before and after together
 * @param pollInterval time between two checks of a running command
 */
public record CommandSettings(Path folder, boolean keep, long most, Duration pollInterval) {
    private static final long MOST = 24L << 20;

    /** Settings with the usual limits. */
    public static CommandSettings in(Path folder, boolean keep) {
        return new CommandSettings(folder.toAbsolutePath().normalize(), keep, MOST, Duration.ofMillis(200));
    }
}
