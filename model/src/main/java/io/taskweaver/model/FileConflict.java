package io.taskweaver.model;

import java.util.List;
import java.util.Optional;

/**
 * One file whose changes could not be combined.
 *
 * @param base common ancestor; empty if both sides created the file
 * @param current merged text so far; empty if it was deleted
 * @param proposed what the task proposes; empty if it deletes the file
 * @param contributors tasks whose results are in the current text
 */
public record FileConflict(
        String path,
        Optional<String> base,
        Optional<String> current,
        Optional<String> proposed,
        List<TaskId> contributors) {
    public FileConflict {
        contributors = List.copyOf(contributors);
    }
}
