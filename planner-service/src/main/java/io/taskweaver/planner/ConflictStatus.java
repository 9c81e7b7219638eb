package io.taskweaver.planner;

import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.projection.OpenConflict;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A conflict that is open, for a user.
 *
 * @param attempt attempt that a resolution has to name
 * @param state state of the task, a word of {@link io.taskweaver.scheduling.dispatch.TaskStage}
 * @param commit the result that conflicts
 * @param reconciler node that brings it in; null if that was given up
 * @param reconcilerState state of that node
 * @param files files that conflict; empty if the plan's command fails with the result
 * @param reason how it fails
 * @param refused why what a person resolved it with last was refused
 */
@Schema(name = "Conflict")
public record ConflictStatus(
        String taskId,
        String title,
        int attempt,
        String state,
        @Nullable String commit,
        @Nullable String reconciler,
        @Nullable String reconcilerState,
        List<File> files,
        @Nullable String reason,
        @Nullable String refused) {

    /**
     * A file that conflicts.
     *
     * @param with tasks of the other side
     */
    @Schema(name = "ConflictingFile")
    public record File(String path, List<String> with) {}

    static ConflictStatus of(OpenConflict conflict) {
        return new ConflictStatus(
                conflict.task().id().value(),
                conflict.task().task().title(),
                conflict.attempt(),
                conflict.task().stage().word(),
                conflict.commit().orElse(null),
                conflict.reconciler().map(node -> node.id().value()).orElse(null),
                conflict.reconciler().map(node -> node.stage().word()).orElse(null),
                conflict.files().stream()
                        .map(file -> new File(
                                file.path(),
                                file.contributors().stream().map(TaskId::value).toList()))
                        .toList(),
                conflict.reason().orElse(null),
                conflict.refused().orElse(null));
    }
}
