package io.taskweaver.agents.command;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Checks code by a command of the user, in a {@link CheckFolder}. */
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
     * @param commit code that it runs on
     * @param prefix folder below the root of its tree that it runs in
     * @param limit how long it may take
     */
    CheckResult run(
            String name, String command, CodeRepository repository, String commit, String prefix, Duration limit)
            throws InterruptedException {
        var made = new CheckFolder(folder, name);
        try {
            var code = made.make(repository, commit, prefix);
            var end = new CheckCommand(made.run(), environment).run(List.of("bash", "-c", command), code, limit);
            return switch (end) {
                case CheckCommand.End.Stopped(String why) ->
                    new CheckResult.Failed(environment.redacted("'" + command + "' " + why));
                case CheckCommand.End.Exited exited -> ended(command, exited);
            };
        } catch (IOException e) {
            return new CheckResult.Impossible(
                    environment.redacted("The result could not be verified: " + StorageFailure.explained(e)));
        } finally {
            made.close(keep);
        }
    }

    private CheckResult ended(String command, CheckCommand.End.Exited end) {
        if (end.code() == 0) return new CheckResult.Passed();
        var shown = end.failing().with(end.printed());
        // Where nothing is recognised, two runs with the same exit code count as the same failure.
        var failures = end.failing().failures().isEmpty()
                ? List.of("exit code " + end.code())
                : end.failing().failures();
        return new CheckResult.Failed(
                environment.redacted("'" + command + "' failed with exit code " + end.code()
                        + (shown.isEmpty() ? "." : ":\n" + shown)),
                failures);
    }
}
