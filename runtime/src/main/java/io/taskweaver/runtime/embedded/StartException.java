package io.taskweaver.runtime.embedded;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Why the process, its broker or its registry could not start. The message has the cause, {@link #hint()} the remedy. */
public class StartException extends RuntimeException {
    private final String hint;

    public StartException(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** The remedy. */
    public String hint() {
        return hint;
    }

    /** Another program listens on the requested port. */
    public static final class PortInUse extends StartException {
        private final int port;

        PortInUse(String what, int port, @Nullable Throwable cause) {
            super(
                    "Port " + port + " for the " + what + " is in use by another program.",
                    "Stop that program, choose another port, or omit the port to get a free one.",
                    cause);
            this.port = port;
        }

        /** The port. */
        public int port() {
            return port;
        }
    }

    /** Another running process uses the data folder. */
    public static final class DataFolderInUse extends StartException {
        DataFolderInUse(Path folder, @Nullable Throwable cause) {
            super(
                    "The data folder " + folder + " is used by another running process.",
                    "Use that process, stop it, or choose another data folder.",
                    cause);
        }
    }

    /** The data folder cannot be written to: full disk, missing permission, etc. */
    public static final class DataFolderNotWritable extends StartException {
        DataFolderNotWritable(Path folder, IOException cause) {
            super(
                    "The data folder " + folder + " cannot be written to: " + StorageFailure.cause(cause) + ".",
                    StorageFailure.remedy(cause, "Give this user write access, or choose another data folder."),
                    cause);
        }

        DataFolderNotWritable(Path folder, StorageFailure failure, @Nullable Throwable cause) {
            super(
                    "The data folder " + folder + " cannot be written to: " + failure.cause() + ".",
                    failure.remedy(),
                    cause);
        }
    }

    /** The content of the data folder is inconsistent or unreadable. */
    public static final class DataFolderDamaged extends StartException {
        DataFolderDamaged(Path folder, String how, @Nullable Throwable cause) {
            super(
                    "The data folder " + folder + " is damaged: " + how + ".",
                    "Restore it from a backup, or move it away to start with an empty one.",
                    cause);
        }
    }

    /** Any other failure; the cause or the log has details. */
    public static final class DidNotStart extends StartException {
        DidNotStart(String what, String why, String hint, @Nullable Throwable cause) {
            super("The " + what + " did not start: " + why, hint, cause);
        }
    }
}
