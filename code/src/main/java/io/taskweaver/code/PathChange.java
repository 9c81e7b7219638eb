package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import java.util.List;

/**
 * A path that differs between two trees.
 *
 * @param isThere whether the later tree has it
 */
record PathChange(String path, boolean isThere) {
    static List<PathChange> of(List<EntryChange> changes) {
        return changes.stream()
                .map(change -> new PathChange(change.path(), change.after().isPresent()))
                .toList();
    }
}
