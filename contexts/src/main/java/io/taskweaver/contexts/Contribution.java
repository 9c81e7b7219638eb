package io.taskweaver.contexts;

import io.taskweaver.model.FileChange;
import io.taskweaver.model.TaskId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What an attempt hands in.
 *
 * @param attempt number of the attempt, from 1
 * @param changes at most one for each path: a file named twice goes from the first base to the last text
 * @param resolves on a reconcile task, the attempt whose conflict it resolves
 */
public record Contribution(TaskId task, int attempt, List<FileChange> changes, Optional<ResolvedAttempt> resolves) {
    public Contribution {
        if (attempt < 1) throw new IllegalArgumentException("attempt of " + task + " is not from 1: " + attempt);
        var byPath = new LinkedHashMap<String, FileChange>();
        for (var change : changes) byPath.merge(change.path(), change, Contribution::inSequence);
        changes = List.copyOf(byPath.values());
    }

    /** Two changes of one file, the second on top of the first. */
    static FileChange inSequence(FileChange first, FileChange second) {
        return new FileChange(first.path(), first.base(), second.content());
    }
}
