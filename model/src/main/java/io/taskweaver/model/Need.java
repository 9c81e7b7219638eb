package io.taskweaver.model;

/**
 * One edge of the graph: what a node waits for, and why.
 *
 * @param on node that is needed
 * @param kind what of it is needed
 * @param reason rule that found the edge
 * @param because the words that caused it
 * @param confidence 0 to 1; explicit ones are 1
 */
public record Need(TaskId on, Kind kind, Reason reason, String because, double confidence) {

    /** What satisfies a need. */
    public enum Kind {
        /** The contract is published. */
        CONTRACT,
        /** The task's result is merged. */
        RESULT
    }

    /** The rule that found an edge. */
    public enum Reason {
        EXPLICIT,
        CONTRACT,
        MENTION,
        LAYER,
        RECONCILE,
        /** Somebody refined the plan. */
        REFINED,
        /** One makes what the other uses by its name; inferred. */
        DEFINITION,
        /** Both touch a file; inferred. */
        FILE,
        /** One says what the other is called; inferred. */
        WORDS,
        /** The order of the document; inferred. */
        ORDER
    }

    /** Whether it is likely by what the two say, and stated nowhere. */
    public boolean isInferred() {
        return switch (reason) {
            case DEFINITION, FILE, WORDS, ORDER -> true;
            case EXPLICIT, CONTRACT, MENTION, LAYER, RECONCILE, REFINED -> false;
        };
    }

    public Need {
        if (confidence < 0 || confidence > 1) throw new IllegalArgumentException("confidence: " + confidence);
    }
}
