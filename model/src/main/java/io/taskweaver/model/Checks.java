package io.taskweaver.model;

import java.util.List;
import java.util.Optional;

/**
 * What a task's result has to pass before it counts as one, beside the checks of its component's contract.
 *
 * @param command command of a shell that has to succeed where the result is; empty for the plan's own, if it has one
 * @param outputs paths of files that have to exist in the end, below the root of the work, '/' separated
 */
public record Checks(Optional<String> command, List<String> outputs) {
    /** No checks of its own. */
    public static final Checks NONE = new Checks(Optional.empty(), List.of());

    public Checks {
        command = command.filter(text -> !text.isBlank());
        outputs = List.copyOf(outputs);
    }
}
