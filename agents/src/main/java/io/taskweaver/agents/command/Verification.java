package io.taskweaver.agents.command;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Checks a result by a command of the user, in a {@link CheckFolder}. */
final class Verification {
    private final Path folder;
    private final boolean keep;
    private final Environment environment;

    /**
     * @param folder folder for work trees
     * @param keep whether work trees are kept
     */
    Verification(Path folder, boolean keep, Environment environment) {
        this.folder = folder.resolve("verify");
        this.keep = keep;
        this.environment = environment;
    }

    /**
     * Runs the command. An interrupt stops it with all its child processes.
     *
     * @param name name of the work tree's folder, one for each attempt
     * @param limit how long it may take
     */
    CheckResult run(String name, String command, CheckedCode result, Duration limit) throws InterruptedException {
        var made = new CheckFolder(folder, name);
        try {
            var code = made.make(
                    result.repository(), result.result().commit(), result.at().prefix());
            var end = new CheckCommand(made.run(), environment).run(List.of("bash", "-c", command), code, limit);
            return switch (end) {
                case CheckCommand.End.Stopped(String why) ->
                    new CheckResult.Failed(environment.redacted("'" + command + "' " + why));
                case CheckCommand.End.Exited(int exit, String printed) ->
                    exit == 0
                            ? new CheckResult.Passed()
                            : new CheckResult.Failed(
                                    environment.redacted("'" + command + "' failed on the result with exit code " + exit
                                            + (printed.isEmpty() ? "." : ":\n" + printed)));
            };
        } catch (IOException e) {
            return new CheckResult.Impossible(
                    environment.redacted("The result could not be verified: " + StorageFailure.explained(e)));
        } finally {
            made.close(keep);
        }
    }
}
