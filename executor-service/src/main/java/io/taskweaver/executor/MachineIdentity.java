package io.taskweaver.executor;

import io.taskweaver.agents.command.Machine;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of this machine, which its work folder stores. Where it cannot be stored, each start would be on a machine of its
 * own: no executor would continue the runs of another, and they would be paid again.
 */
final class MachineIdentity {
    /** Of a machine without runs that only its executors can continue. */
    private static final String NONE = "none";

    private final Path work;
    private final boolean isNeeded;
    private volatile @Nullable String id;

    /**
     * @param work folder of agents with a command line
     * @param isNeeded whether there are agents here whose runs only executors of this machine can continue
     */
    MachineIdentity(Path work, boolean isNeeded) {
        this.work = work;
        this.isNeeded = isNeeded;
    }

    /**
     * Reads it, or makes it.
     *
     * @return why that fails, and what to do about it; empty if it is known now
     */
    Optional<String> find() throws InterruptedException {
        try {
            id = isNeeded ? Machine.idOf(work) : NONE;
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The work folder " + work.toAbsolutePath().normalize()
                    + " cannot store the id of this machine (" + StorageFailure.explained(e)
                    + "), without which runs of this executor could not be continued after its end and would be paid"
                    + " again. Make the folder and its file .machine writable for this user, or set"
                    + " taskweaver.executor.work to a folder that is.");
        }
    }

    /** The id, once it was found. */
    String id() {
        var found = id;
        if (found == null) throw new IllegalStateException("the id of this machine is not known yet");
        return found;
    }
}
