package io.taskweaver.standalone;

import org.jspecify.annotations.Nullable;

/** Why the process could not start: cause and remedy, for people. */
final class StartProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    StartProblem(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
