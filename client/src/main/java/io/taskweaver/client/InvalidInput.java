package io.taskweaver.client;

import io.taskweaver.model.Rejection;
import java.util.ArrayList;
import java.util.List;

/** What was handed in cannot be read or planned: for the person who named it, in words, each with a way out. */
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> details;

    /**
     * @param message what is wrong
     * @param details all that is wrong, a line each, with its place and a way out
     */
    public InvalidInput(String message, List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    /** @param message what is wrong, with a way out */
    public InvalidInput(String message) {
        this(message, List.of());
    }

    /** A submission that cannot become a plan. */
    public static InvalidInput of(List<Rejection> rejections) {
        var details = new ArrayList<String>();
        for (var rejection : rejections) {
            details.add(rejection
                            .source()
                            .map(span -> span.path() + ":" + span.firstLine() + ": ")
                            .orElse("")
                    + rejection.message());
            if (!rejection.hint().isBlank()) details.add("    " + rejection.hint());
        }
        return new InvalidInput(
                rejections.size() == 1
                        ? "The documents cannot be planned."
                        : "The documents cannot be planned, for " + rejections.size() + " reasons.",
                details);
    }

    /** All that is wrong, a line each. */
    public List<String> details() {
        return details;
    }
}
