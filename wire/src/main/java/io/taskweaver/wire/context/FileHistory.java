package io.taskweaver.wire.context;

import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which tasks changed a file.
 *
 * @param path relative to the root of the repository
 * @param base what the code base held at that path
 * @param changes oldest first
 */
public record FileHistory(PlanId plan, String path, Optional<FileEntry> base, List<Change> changes) {
    public FileHistory {
        changes = List.copyOf(changes);
    }

    /**
     * A change of the file.
     *
     * @param version version of the plan's code that has it
     * @param commit of that version
     * @param tasks tasks or the contract node that made the change
     * @param entry what the path holds since then, with its hash; empty if it was deleted
     */
    public record Change(long version, String commit, Instant at, List<TaskId> tasks, Optional<FileEntry> entry) {
        public Change {
            tasks = List.copyOf(tasks);
        }
    }
}
