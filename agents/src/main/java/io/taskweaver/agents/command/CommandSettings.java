package io.taskweaver.agents.command;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of commands.
 *
 * @param folder folder of runs, the same for all executors of a machine
 * @param keep whether folders of ended runs are kept
 * @param most maximum bytes that the files that one run changes have together
 * @param pollInterval time between two checks of a running command
 * @param setups folder for the outcomes of set-up commands, the same for all executors of a machine
 * @param mostSetups bytes that they may have together
 * @param sandbox where commands run
 */
public record CommandSettings(
        Path folder, boolean keep, long most, Duration pollInterval, Path setups, long mostSetups, Sandbox sandbox) {
    /** Bytes that the changed files of a result may have together, unless it is set. */
    public static final long MOST = 50L << 20;

    /** The same with another limit of a result. */
    public CommandSettings limitedTo(long bytes) {
        return new CommandSettings(folder, keep, bytes, pollInterval, setups, mostSetups, sandbox);
    }

    /** The same with another place for the outcomes of set-up commands. */
    public CommandSettings withSetups(Path where, long bytes) {
        return new CommandSettings(folder, keep, most, pollInterval, where, bytes, sandbox);
    }

    /** The same in a sandbox. */
    public CommandSettings in(Sandbox where) {
        return new CommandSettings(folder, keep, most, pollInterval, setups, mostSetups, where);
    }

    /** Settings with the usual limits, without a sandbox. */
    public static CommandSettings in(Path folder, boolean keep) {
        var root = folder.toAbsolutePath().normalize();
        return new CommandSettings(
                root,
                keep,
                MOST,
                Duration.ofMillis(200),
                root.resolve("setups"),
                TreePreparation.MOST,
                Sandbox.none("it is not asked for"));
    }
}
