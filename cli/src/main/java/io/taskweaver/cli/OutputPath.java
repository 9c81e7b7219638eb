package io.taskweaver.cli;

import io.taskweaver.code.Destination;
import io.taskweaver.code.Refusal;
import java.nio.file.Path;
import java.util.Optional;

/** Files and folders that a person names for the output of a command, checked before it does anything. */
public final class OutputPath {
    private OutputPath() {}

    /**
     * Checks a folder that is made if it is missing.
     *
     * @param naming how to name another one, e.g. {@code with --out}; may be empty
     * @throws CommandFailure if nothing can be written there
     */
    public static void checkFolder(Path folder, String naming) {
        check(Destination.refusalOfFolder(folder, naming));
    }

    /**
     * Checks a file, device or pipe that is written to.
     *
     * @throws CommandFailure as above
     */
    public static void check(Path file, String naming) {
        check(Destination.refusalOfOutput(file, naming));
    }

    /**
     * Checks a file that is replaced once the new one is complete.
     *
     * @throws CommandFailure as above
     */
    public static void checkReplaced(Path file, String naming) {
        check(Destination.refusalOfFile(file, naming));
    }

    private static void check(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw CommandFailure.badInput(why.reason(), why.remedy());
        });
    }
}
