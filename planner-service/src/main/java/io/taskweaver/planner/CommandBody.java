package io.taskweaver.planner;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Limits;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a command. Which fields apply depends on the command.
 *
 * @param reason for a person: cancel, pause; for the next attempt: reject
 * @param taskId the task: retry, approve, reject; optional for cancel, pause and resume, which apply to the plan without it
 * @param answer text for the task's query: approve
 * @param priority new priority of the plan: priority
 * @param limits new limits of the plan: resume
 * @param options new options of the plan: options
 * @param digest SHA-256 of the archive that has the plan: archive
 * @param attempt the attempt whose result is meant: approve, reject, resolve; the one that waits, conflicts or failed if
 *     absent
 * @param resolution what a task is settled with: resolve
 */
public record CommandBody(
        @Schema(description = "Reason: cancel, pause; for the prompt of the next attempt: reject") @Nullable
        String reason,

        @Schema(
                description = "The task: retry, approve, reject; optional for cancel, pause and resume, which apply"
                        + " to the plan without it")
        @Nullable
        String taskId,

        @Schema(description = "Text for the prompt of the task: approve") @Nullable
        String answer,

        @Schema(description = "New priority of the plan: priority") @Nullable
        String priority,

        @Schema(description = "New limits of the plan: resume") @Nullable
        LimitsBody limits,

        @Schema(description = "What of the plan's options changes, for its further attempts: options") @Nullable
        OptionsBody options,

        @Schema(description = "SHA-256 of the archive, 64 hexadecimal digits: archive") @Nullable
        String digest,

        @Schema(
                description = "Attempt whose result is meant: approve, reject, resolve; the one that waits,"
                        + " conflicts or failed if absent")
        @Nullable
        Integer attempt,

        @Schema(description = "What a task is settled with: resolve") @Nullable
        Resolved resolution) {
    /** Options that can change while a plan is under way; what is absent or empty stays as it is. */
    public record OptionsBody(
            @Schema(description = "Agents in the order in which they are tried") @Nullable
            List<String> agents,

            @Schema(description = "Agents of tasks of a kind") @Nullable
            Map<String, List<String>> agentsFor,

            @Schema(description = "Kinds of task that need approval before they start") @Nullable
            List<String> gates,

            @Nullable Integer maxConcurrent,
            @Nullable Integer maxAttempts,

            @Schema(description = "Time limit of one attempt, milliseconds") @Nullable
            Long attemptTimeoutMillis,

            @Nullable OverlapMode overlap) {
        private OptionChanges changes() {
            return OptionChanges.builder()
                    .agents(agents == null ? List.of() : agents)
                    .agentsFor(agentsFor == null ? Map.of() : agentsFor)
                    .gates(gates == null ? Set.of() : Set.copyOf(gates))
                    .maxConcurrent(Optional.ofNullable(maxConcurrent))
                    .maxAttempts(Optional.ofNullable(maxAttempts))
                    .attemptTimeout(Optional.ofNullable(attemptTimeoutMillis).map(Duration::ofMillis))
                    .overlap(Optional.ofNullable(overlap))
                    .build();
        }
    }

    /**
     * What a task is settled with.
     *
     * @param side files, ours or theirs
     * @param commit commit with the files, on top of the plan's code; its objects are on the topic code-objects
     * @param parent its parent
     * @param tree its tree
     * @param by who settles it
     */
    public record Resolved(
            @Schema(
                    description = "files, or for the places that conflict, what the plan has (ours) or what the task"
                            + " has (theirs)")
            @Nullable
            String side,

            @Schema(description = "With files: their commit on top of the plan's code; its objects are on code-objects")
            @Nullable
            String commit,

            @Schema(description = "With files: parent of the commit") @Nullable
            String parent,

            @Schema(description = "With files: tree of the commit") @Nullable
            String tree,

            @Schema(description = "Who settles it, for its commit message; a user over REST if absent") @Nullable
            String by) {
        private Resolution resolution() {
            var chosen = Arrays.stream(Resolution.Side.values())
                    .filter(known -> known.name().equalsIgnoreCase(side))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            (side == null ? "side is missing" : "'" + side + "' is not a side")
                                    + "; it is one of files, ours, theirs"));
            var code = Optional.<CodeResult>empty();
            if (chosen == Resolution.Side.FILES) {
                if (commit == null || parent == null || tree == null)
                    throw new IllegalArgumentException("files need a commit, its parent and its tree");
                code = Optional.of(new CodeResult(commit, parent, tree, List.of(), List.of()));
            }
            return new Resolution(chosen, code, by == null ? "a user over REST" : by);
        }
    }

    static final CommandBody EMPTY = new CommandBody(null, null, null, null, null, null, null, null, null);

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
            case "approve" ->
                new Command.ApproveTask(
                        task(), Optional.ofNullable(answer), attempt == null ? Command.NO_RESULT : attempt);
            case "reject" -> {
                if (reason == null) throw new IllegalArgumentException("reason is missing: the next attempt needs it");
                if (attempt == null)
                    throw new IllegalArgumentException(
                            "attempt is missing, and no result of the task waits for review");
                yield new Command.RejectTask(task(), reason, attempt);
            }
            case "resolve" -> {
                if (resolution == null) throw new IllegalArgumentException("resolution is missing");
                if (attempt == null)
                    throw new IllegalArgumentException("attempt is missing, and the task neither conflicts nor failed");
                yield new Command.ResolveTask(task(), attempt, resolution.resolution());
            }
            case "priority" -> new Command.ChangePriority(newPriority());
            case "options" -> {
                if (options == null) throw new IllegalArgumentException("options is missing");
                yield new Command.ChangeOptions(options.changes());
            }
            case "archive" -> {
                if (digest == null) throw new IllegalArgumentException("digest is missing");
                yield new Command.ArchivePlan(digest);
            }
            default ->
                throw new IllegalArgumentException(
                        "there is no command '" + name
                                + "'; use cancel, pause, resume, retry, approve, reject, resolve, priority, options or archive");
        };
    }

    /** The same about a result that waits for review, if none is named. */
    CommandBody about(int inReview) {
        return attempt == null
                ? new CommandBody(reason, taskId, answer, priority, limits, options, digest, inReview, resolution)
                : this;
    }

    /** The task, if one is named. */
    Optional<TaskId> named() {
        return taskId == null ? Optional.empty() : Optional.of(new TaskId(taskId));
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
