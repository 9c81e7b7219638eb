package io.taskweaver.access;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** @param problem for the client */
    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** Problem for the client. */
    public Problem problem() {
        return problem;
    }
}
