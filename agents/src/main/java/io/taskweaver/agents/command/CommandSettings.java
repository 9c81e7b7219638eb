package io.taskweaver.agents.command;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where commands work.
 *
 * @param folder folder for what is kept of runs, the same for all executors of a machine
 * @param keep whether folders of runs stay when they have ended
 * @param most bytes that all files that one run changes may have together, before and after
 * @param look time between two looks at a running command
 */
public record CommandSettings(Path folder, boolean keep, long most, Duration look) {
    private static final long MOST = 24L << 20;

    /** Settings with the usual limits. */
    public static CommandSettings in(Path folder, boolean keep) {
        return new CommandSettings(folder.toAbsolutePath().normalize(), keep, MOST, Duration.ofMillis(200));
    }
}
