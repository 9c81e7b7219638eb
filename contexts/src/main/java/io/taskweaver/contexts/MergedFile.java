package io.taskweaver.contexts;

import io.taskweaver.model.TaskId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One file of a merged context, at one version.
 *
 * @param path relative to the root of the work, '/' separated
 * @param content its text; empty if it was deleted
 * @param writer the task that changed it last; empty for a file of the code base that nothing has touched
 * @param contributors tasks whose changes are in it, sorted, without repetition
 */
public record MergedFile(String path, Optional<String> content, Optional<TaskId> writer, List<TaskId> contributors) {
    public MergedFile {
        contributors = List.copyOf(new TreeSet<>(contributors));
    }

    /** A file of the code base that the plan started from. */
    public static MergedFile existing(String path, String content) {
        return new MergedFile(path, Optional.of(content), Optional.empty(), List.of());
    }

    /** Whether it is as the code base had it. */
    public boolean untouched() {
        return writer.isEmpty();
    }

    /** The file after a task changed it. */
    MergedFile changedBy(TaskId task, Collection<TaskId> onBehalfOf, Optional<String> newContent) {
        var all = new TreeSet<>(contributors);
        all.add(task);
        all.addAll(onBehalfOf);
        return new MergedFile(path, newContent, Optional.of(task), List.copyOf(all));
    }
}
