package io.taskweaver.client;

import io.taskweaver.wire.connection.ConnectionProblem;
import org.jspecify.annotations.Nullable;

/** A part of the running system does not answer, or lacks something that it needs. */
public final class SystemUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /**
     * @param message what is wrong, naming the part and its address
     * @param hint what to do about it
     */
    public SystemUnavailable(String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    static SystemUnavailable of(ConnectionProblem problem, @Nullable Throwable cause) {
        return new SystemUnavailable(problem.message(), problem.hint(), cause);
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
