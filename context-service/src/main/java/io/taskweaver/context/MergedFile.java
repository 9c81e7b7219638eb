package io.taskweaver.context;

import io.taskweaver.model.FileEntry;
import io.taskweaver.model.TaskId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A path that tasks or contracts of a plan changed, at one version.
 *
 * @param path relative to the root of the repository
 * @param entry what it holds; empty if it was deleted
 * @param contributors tasks and contract nodes whose changes are in it, sorted, without repetition
 */
record MergedFile(String path, Optional<FileEntry> entry, List<TaskId> contributors) {
    public MergedFile {
        contributors = List.copyOf(new TreeSet<>(contributors));
    }

    /** The file with contributors of an earlier version. */
    MergedFile since(Optional<MergedFile> before, Collection<TaskId> others) {
        var all = new TreeSet<>(contributors);
        all.addAll(others);
        before.ifPresent(earlier -> all.addAll(earlier.contributors()));
        return new MergedFile(path, entry, List.copyOf(all));
    }
}
