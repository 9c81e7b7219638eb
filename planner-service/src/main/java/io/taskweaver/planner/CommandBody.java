package io.taskweaver.planner;

import io.taskweaver.domain.event.Command;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a user adds to a command. Which fields count depends on the command.
 *
 * @param reason why: cancel, pause
 * @param taskId which task: retry, approve; of cancel, pause and resume too, which mean the plan without it
 * @param answer text for the task's query: approve
 * @param priority new priority of the plan: priority
 * @param limits those that take the place of the plan's: resume
 */
public record CommandBody(
        @Schema(description = "Why: cancel, pause") @Nullable
        String reason,

        @Schema(
                description =
                        "Which task: retry, approve; of cancel, pause and resume too, which mean the plan without it")
        @Nullable
        String taskId,

        @Schema(description = "Text for the prompt of the task: approve") @Nullable
        String answer,

        @Schema(description = "New priority of the plan: priority") @Nullable
        String priority,

        @Schema(description = "Those that take the place of those that the plan has: resume") @Nullable
        LimitsBody limits) {
    static final CommandBody EMPTY = new CommandBody(null, null, null, null, null);

    /**
     * The command of a name.
     *
     * @throws IllegalArgumentException if there is none, or a field that it needs is missing; the message says which
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
            default ->
                throw new IllegalArgumentException(
                        "no command '" + name + "'; there are cancel, pause, resume, retry, approve and priority");
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
                        (priority == null ? "priority is missing" : "'" + priority + "' is no priority")
                                + "; it is one of "
                                + Arrays.stream(Task.Priority.values())
                                        .map(known -> known.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }
}
