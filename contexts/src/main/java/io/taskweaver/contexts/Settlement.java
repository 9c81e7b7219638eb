package io.taskweaver.contexts;

import io.taskweaver.model.FileChange;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of a task's result. It is kept, so that a result that comes again gets the same answer. */
public sealed interface Settlement {
    TaskId task();

    /** Attempt whose result it was. */
    int attempt();

    /**
     * The result is part of the merged context.
     *
     * @param version version of the context that it made
     * @param digest digest of that version
     * @param changed paths that the merge changed
     * @param touched paths that the result named, changed or not
     */
    record Merged(
            TaskId task, int attempt, long version, ContextDigest digest, List<String> changed, List<String> touched)
            implements Settlement {
        public Merged {
            changed = List.copyOf(changed);
            touched = List.copyOf(touched);
        }
    }

    /**
     * The result contradicts the merged context; nothing of it is merged.
     *
     * @param held its changes to files that do not conflict; they are merged together with the resolution
     * @param resolves on a reconcile task, the attempt whose conflict it was to resolve
     */
    record Conflicted(
            TaskId task,
            int attempt,
            List<FileConflict> conflicts,
            List<FileChange> held,
            Optional<ResolvedAttempt> resolves)
            implements Settlement {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
            held = List.copyOf(held);
        }

        /** Paths that a resolution touches at least. */
        public List<String> paths() {
            var paths = new ArrayList<String>();
            conflicts.forEach(conflict -> paths.add(conflict.path()));
            held.forEach(change -> paths.add(change.path()));
            return paths;
        }

        /**
         * All changes to merge once a reconcile task has answered: what was held, and on top of it the answer. In files
         * that conflicted the answer starts from the text that was current then, because that is what the reconcile
         * task was given.
         */
        List<FileChange> resolvedBy(List<FileChange> answer) {
            var conflicting = conflicts.stream().collect(Collectors.toMap(FileConflict::path, c -> c));
            var all = new LinkedHashMap<String, FileChange>();
            for (var change : held) all.put(change.path(), change);
            for (var change : answer) {
                var conflict = conflicting.get(change.path());
                var based =
                        conflict == null ? change : new FileChange(change.path(), conflict.current(), change.content());
                all.merge(change.path(), based, Contribution::inSequence);
            }
            return List.copyOf(all.values());
        }
    }
}
