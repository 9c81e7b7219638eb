package io.taskweaver.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause())
            if (cause instanceof UnreadableStateException found) return Optional.of(found);
        return Optional.empty();
    }
}
