package io.taskweaver.wire;

import java.util.Optional;

/**
 * The stored state has a format that this version does not know. Nothing is lost: the version that wrote it can read
 * it.
 */
public final class UnreadableStateException extends RuntimeException {

    UnreadableStateException(String what, Exception cause) {
        super(
                "The stored state (" + what + ") has a format that this version of TaskWeaver cannot read ("
                        + cause.getMessage() + "). Start the version that wrote it, or start with another data"
                        + " folder (--data-dir) or, on a cluster, another topic prefix.",
                cause);
    }

    /** The one in the causes of a failure, if any. */
    public static Optional<UnreadableStateException> behind(Throwable failure) {
        return Causes.first(failure, UnreadableStateException.class);
    }
}
