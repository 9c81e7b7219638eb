package io.taskweaver.cli.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The local runtime could not start, did not stop, or died. */
public final class RuntimeProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> details;
    private final String hint;

    /**
     * @param details lines of its log that say more, may be empty
     * @param hint what to do about it
     */
    public RuntimeProblem(String message, List<String> details, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.details = List.copyOf(details);
        this.hint = hint;
    }

    public List<String> details() {
        return details;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
