package io.taskweaver.context;

import io.taskweaver.contexts.ResolvedAttempt;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.Optional;

/** What became of a task's result. It is kept, so that a result that comes again gets the same answer. */
sealed interface Settlement {
    TaskId task();

    /** Attempt whose result it was. */
    int attempt();

    /**
     * The result is part of the plan's code.
     *
     * @param version version of the code that it made
     * @param commit head of the line afterwards
     * @param parent head of the line before; the same if nothing changed
     * @param tree tree of the head
     * @param changes paths that differ from the parent
     * @param touched paths that the result changed, whether the head had them so before or not
     * @param united paths in which blocks were united, with the name of the rule
     */
    record Merged(
            TaskId task,
            int attempt,
            long version,
            String commit,
            String parent,
            String tree,
            List<EntryChange> changes,
            List<String> touched,
            List<String> united)
            implements Settlement {
        public Merged {
            changes = List.copyOf(changes);
            touched = List.copyOf(touched);
            united = List.copyOf(united);
        }
    }

    /**
     * The result contradicts the plan's code; nothing of it is merged.
     *
     * @param code the result
     * @param paths paths that conflict
     * @param resolves on a reconcile task, the attempt whose conflict it was to resolve
     * @param reason how the plan's command fails with it, if no path conflicts
     * @param refused why what a person settled it with cannot be merged, if the attempt is that; the code is the result that
     *     the person was to settle
     * @param collisions of the paths, those that conflict with the name of another file
     */
    record Conflicted(
            TaskId task,
            int attempt,
            Optional<CodeResult> code,
            List<String> paths,
            Optional<ResolvedAttempt> resolves,
            Optional<String> reason,
            Optional<String> refused,
            List<Collision> collisions)
            implements Settlement {
        public Conflicted {
            paths = List.copyOf(paths);
            collisions = List.copyOf(collisions);
        }

        Conflicted(
                TaskId task,
                int attempt,
                Optional<CodeResult> code,
                List<String> paths,
                Optional<ResolvedAttempt> resolves,
                Optional<String> reason) {
            this(task, attempt, code, paths, resolves, reason, Optional.empty(), List.of());
        }
    }

    /**
     * Two names that are one file on some systems.
     *
     * @param path where the plan has it, or would have it
     * @param added where the result adds it
     */
    record Collision(String path, String added) {}
}
