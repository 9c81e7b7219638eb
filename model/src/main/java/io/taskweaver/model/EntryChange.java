package io.taskweaver.model;

import java.util.Optional;

/**
 * A path that differs between two trees. A rename is a deletion and an addition.
 *
 * @param path relative to the root of the repository; as Git quotes it, in double quotes, where it is not text in UTF-8
 * @param before what it held; empty if it was not there
 * @param after what it holds; empty if it is not there any more
 */
public record EntryChange(String path, Optional<FileEntry> before, Optional<FileEntry> after) {
    public EntryChange {
        if (path.isEmpty()) throw new IllegalArgumentException("the path is empty");
        if (before.equals(after)) throw new IllegalArgumentException("no change of " + FilePath.visible(path));
    }
}
