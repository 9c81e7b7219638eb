package io.taskweaver.planner;

import io.taskweaver.model.Limits;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a command. Which fields apply depends on the command.
 *
 * @param reason for a person: cancel, pause
 * @param taskId the task: retry, approve; optional for cancel, pause and resume, which apply to the plan without it
 * @param answer text for the task's query: approve
 * @param priority new priority of the plan: priority
 * @param limits new limits of the plan: resume
 * @param digest SHA-256 of the archive that has the plan: archive
 */
public record CommandBody(
        @Schema(description = "Reason: cancel, pause") @Nullable
        String reason,

        @Schema(
                description =
                        "The task: retry, approve; optional for cancel, pause and resume, which apply to the plan without it")
        @Nullable
        String taskId,

        @Schema(description = "Text for the prompt of the task: approve") @Nullable
        String answer,

        @Schema(description = "New priority of the plan: priority") @Nullable
        String priority,

        @Schema(description = "New limits of the plan: resume") @Nullable
        LimitsBody limits,

        @Schema(description = "SHA-256 of the archive, 64 hexadecimal digits: archive") @Nullable
        String digest) {
    static final CommandBody EMPTY = new CommandBody(null, null, null, null, null, null);

    /**
     * The command of a name.
     *
     * @throws IllegalArgumentException if there is no such command, or a required field is missing; the message names
     *     it
     */
    Command command(String name) {
        return switch (name) {
            case "cancel" -> {
                var why = reason == null ? "cancelled by a user" : reason;
                yield taskId == null ? new Command.CancelPlan(why) : new Command.CancelTask(task(), why);
            }
            case "pause" -> {
                var why = reason == null ? "paused by a user" : reason;
                yield taskId == null ? new Command.PausePlan(why) : new Command.PauseTask(task(), why);
            }
            case "resume" ->
                taskId == null
                        ? new Command.ResumePlan(limits == null ? Limits.NONE : limits.limits())
                        : new Command.ApproveTask(task(), Optional.empty());
            case "retry" -> new Command.RetryTask(task());
            case "approve" -> new Command.ApproveTask(task(), Optional.ofNullable(answer));
            case "priority" -> new Command.ChangePriority(newPriority());
            case "archive" -> {
                if (digest == null) throw new IllegalArgumentException("digest is missing");
                yield new Command.ArchivePlan(digest);
            }
            default ->
                throw new IllegalArgumentException("there is no command '" + name
                        + "'; use cancel, pause, resume, retry, approve, priority or archive");
        };
    }

    private TaskId task() {
        if (taskId == null) throw new IllegalArgumentException("taskId is missing");
        return new TaskId(taskId);
    }

    private Task.Priority newPriority() {
        return Arrays.stream(Task.Priority.values())
                .filter(known -> known.name().equalsIgnoreCase(priority))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        (priority == null ? "priority is missing" : "'" + priority + "' is not a priority")
                                + "; it is one of "
                                + Arrays.stream(Task.Priority.values())
                                        .map(known -> known.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }
}
