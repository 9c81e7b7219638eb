package io.taskweaver.model;

import java.util.List;
import java.util.Optional;

/**
 * One file whose changes could not be combined. What has no text, or too much of it, is described in parentheses.
 *
 * @param base common ancestor; empty if both sides created the file
 * @param current merged text so far; empty if it was deleted
 * @param proposed what the task proposes; empty if it deletes the file
 * @param contributors tasks whose results are in the current text
 * @param proposedPath where the task proposes a new file whose name is the conflict: on some systems it is one file with
 *     {@code path}; empty if both sides changed the same file
 */
public record FileConflict(
        String path,
        Optional<String> base,
        Optional<String> current,
        Optional<String> proposed,
        List<TaskId> contributors,
        Optional<String> proposedPath) {
    public FileConflict {
        contributors = List.copyOf(contributors);
    }

    /** One that both sides changed. */
    public FileConflict(
            String path,
            Optional<String> base,
            Optional<String> current,
            Optional<String> proposed,
            List<TaskId> contributors) {
        this(path, base, current, proposed, contributors, Optional.empty());
    }

    /** The path, and what is wrong about it if that is its name. */
    public String words() {
        return proposedPath
                .map(name -> FilePath.visible(name) + " and " + FilePath.visible(path)
                        + ", which are one file on Windows or macOS")
                .orElse(path);
    }
}
