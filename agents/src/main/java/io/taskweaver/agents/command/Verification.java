package io.taskweaver.agents.command;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.RunListener;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Checks code by a command of the user, in a {@link CheckFolder}. */
final class Verification {
    /** Name of the folder for its work trees. */
    static final String FOLDER = "verify";

    /** A command that finds the disk full may leave as much by removing its own temporary files. */
    private static final long LITTLE_ROOM = 64L << 20;

    private final Path folder;
    private final boolean keep;
    private final Environment environment;
    private final TreePreparation preparation;
    private final Sandbox sandbox;

    /**
     * @param folder folder for work trees
     * @param keep whether work trees are kept
     * @param preparation prepares them
     */
    Verification(Path folder, boolean keep, Environment environment, TreePreparation preparation, Sandbox sandbox) {
        this.sandbox = sandbox;
        this.folder = folder.resolve(FOLDER);
        this.keep = keep;
        this.environment = environment;
        this.preparation = preparation;
    }

    /**
     * Runs the command. An interrupt stops it with all its child processes.
     *
     * @param name name of the work tree's folder, one for each attempt
     * @param code what it runs on
     * @param limit how long it may take
     * @param listener learns what it prints
     */
    CheckResult run(String name, String command, AgentCode code, Duration limit, RunListener listener)
            throws InterruptedException {
        var made = new CheckFolder(folder, name);
        try {
            return switch (made.make(code, preparation, limit)) {
                case CheckFolder.Work.Unprepared(String why) -> new CheckResult.Unprepared(why);
                case CheckFolder.Work.Ready(Path work) -> run(made.run(), command, code, work, limit, listener);
            };
        } catch (IOException e) {
            return CheckResult.Impossible.of("The result could not be verified", e, environment);
        } finally {
            made.close(keep);
        }
    }

    private CheckResult run(
            RunFolder run, String command, AgentCode code, Path work, Duration limit, RunListener listener)
            throws IOException, InterruptedException {
        var hiding = TreePreparation.hiding(environment, code.repository(), code.preparation());
        return switch (new CheckCommand(run, hiding, sandbox, listener)
                .run(List.of("bash", "-c", command), work, limit)) {
            case CheckCommand.End.Stopped(String why) ->
                new CheckResult.Failed(hiding.redacted("'" + command + "' " + why));
            case CheckCommand.End.Exited end -> ended(command, end, run, hiding);
        };
    }

    private static boolean hasNoRoom(Path folder) throws IOException {
        for (var place : List.of(folder, Path.of(System.getProperty("java.io.tmpdir"))))
            if (Files.getFileStore(place).getUsableSpace() < LITTLE_ROOM) return true;
        return false;
    }

    private static CheckResult ended(String command, CheckCommand.End.Exited end, RunFolder run, Environment hiding)
            throws IOException {
        if (end.code() == 0) return new CheckResult.Passed();
        var full = StorageFailure.in(end.printed()).filter(StorageFailure::isFull);
        // A test may print it and mean something else.
        if (full.isPresent() && hasNoRoom(run.path()))
            throw new IOException("'" + command + "' failed: " + end.printed());
        var shown = end.failing().with(end.printed());
        // Where nothing is recognised, two runs with the same exit code count as the same failure.
        var failures = end.failing().failures().isEmpty()
                ? List.of("exit code " + end.code())
                : end.failing().failures();
        return new CheckResult.Failed(
                hiding.redacted("'" + command + "' failed with exit code " + end.code()
                        + (shown.isEmpty() ? "." : ":\n" + shown)),
                failures);
    }
}
