package io.taskweaver.formats;

import io.taskweaver.model.SourceSpan;
import java.util.Optional;

/** A text is not what it should be at all. Never leaves this package: {@link TaskListReader} turns it into a result. */
final class UnreadableListException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Optional<SourceSpan> at;

    UnreadableListException(String message, Optional<SourceSpan> at) {
        super(message);
        this.at = at;
    }

    Optional<SourceSpan> at() {
        return at;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
