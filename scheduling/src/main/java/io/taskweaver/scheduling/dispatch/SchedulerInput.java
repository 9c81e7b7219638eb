package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.Limits;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TextLimits;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Inputs of the scheduler for a running plan. Texts of people are refused beyond {@link TextLimits#SAID}, since they
 * can shorten it; what an attempt reports is cut, since it would be lost.
 */
public sealed interface SchedulerInput {

    /** About one node, which has to be part of the plan. */
    sealed interface OfTask extends SchedulerInput {
        TaskId task();
    }

    /** A component's contract is there. */
    record ContractPublished(TaskId task) implements OfTask {}

    /** An executor runs the attempt. */
    record Started(TaskId task, int attempt, String executor, Instant startedAt) implements OfTask {}

    /**
     * The attempt succeeded; its result is on its way into the context.
     *
     * @param commit the result; empty if it changed nothing
     */
    record Completed(TaskId task, int attempt, Usage usage, Optional<String> commit) implements OfTask {
        /** Without a change. */
        public Completed(TaskId task, int attempt, Usage usage) {
            this(task, attempt, usage, Optional.empty());
        }
    }

    /** The result is part of the context. */
    record Merged(TaskId task, int attempt) implements OfTask {}

    /**
     * The result contradicts what is merged.
     *
     * @param paths files that do; the first of them where they are very many
     * @param reason how the plan's command fails with it, if no file conflicts
     * @param refused why what a person settled the task with cannot be merged, if the attempt is that
     */
    record Conflicted(TaskId task, int attempt, List<String> paths, Optional<String> reason, Optional<String> refused)
            implements OfTask {
        private static final int MOST_CHARACTERS = 100_000;

        /** Of an agent's result. */
        public Conflicted(TaskId task, int attempt, List<String> paths, Optional<String> reason) {
            this(task, attempt, paths, reason, Optional.empty());
        }

        public Conflicted {
            int left = MOST_CHARACTERS;
            var limited = new ArrayList<String>();
            for (var path : paths) {
                left -= path.length();
                if (left < 0) break;
                limited.add(path);
            }
            paths = List.copyOf(limited);
            reason = reason.map(TextLimits::cut);
            refused = refused.map(TextLimits::cut);
        }
    }

    /**
     * Results wait to be verified together.
     *
     * @param node that is to do it
     */
    record VerificationAsked(TaskId node, List<TaskId> results) implements SchedulerInput {
        public VerificationAsked {
            results = List.copyOf(results);
        }
    }

    /**
     * The attempt ended without success.
     *
     * @param reason what happened, for a person and as feedback to the next attempt
     * @param hint what to do about it
     * @param retryAt when the agent says that it may be tried again
     */
    record Failed(
            TaskId task,
            int attempt,
            Failure failure,
            String reason,
            Optional<String> hint,
            Optional<Instant> retryAt,
            Usage usage)
            implements OfTask {
        public Failed {
            reason = TextLimits.cut(reason);
            hint = hint.map(TextLimits::cut);
        }
    }

    /** A user wants a task tried again that failed, is delayed or waits for an answer; a failed plan goes on with it. */
    record RetryAsked(TaskId task) implements OfTask {}

    /**
     * A person answered, or let a task go on.
     *
     * @param answer for the next attempt, at most {@link Attempts#MAX_FEEDBACK} characters
     * @param attempt attempt whose result may be merged; {@link Command#NO_RESULT} if the task is to start or to go on
     */
    record Approved(TaskId task, Optional<String> answer, int attempt) implements OfTask {
        public Approved(TaskId task, Optional<String> answer) {
            this(task, answer, Command.NO_RESULT);
        }
    }

    /** A person rejected the result of an attempt. */
    record Rejected(TaskId task, String reason, int attempt) implements OfTask {}

    /**
     * A person settled a task.
     *
     * @param attempt attempt that conflicts or failed
     */
    record ResolveAsked(TaskId task, int attempt, Resolution resolution) implements OfTask {}

    /** A user gives a task up. */
    record TaskCancelAsked(TaskId task, String reason) implements OfTask {}

    /** A user wants a task not to start before it is approved. */
    record TaskPauseAsked(TaskId task, String reason) implements OfTask {}

    /** A user cancels the plan. */
    record CancelAsked(String reason) implements SchedulerInput {}

    /** A user stops dispatch. */
    record PauseAsked(String reason) implements SchedulerInput {}

    /**
     * A user lets dispatch go on.
     *
     * @param limits those that take the place of the plan's; its time counts from now
     */
    record ResumeAsked(Limits limits) implements SchedulerInput {}

    /** A user makes the plan more or less important than others. */
    record PriorityChanged(Task.Priority priority) implements SchedulerInput {}

    /** A user changes how the plan's further attempts are run. */
    record OptionsChanged(OptionChanges changes) implements SchedulerInput {}

    /** The same submission came again: what it led to may have been lost. */
    record Resubmitted() implements SchedulerInput {}

    /**
     * The input that an event is for the scheduler.
     *
     * @throws IllegalArgumentException if it is none
     */
    static SchedulerInput of(PlanEvent event) {
        return switch (event) {
            case PlanEvent.ContractPublished published -> new ContractPublished(published.task());
            case PlanEvent.TaskStarted started ->
                new Started(started.task(), started.attempt(), started.executor(), started.at());
            case PlanEvent.TaskCompleted completed ->
                new Completed(
                        completed.task(),
                        completed.attempt(),
                        completed.usage(),
                        completed.code().map(CodeResult::commit));
            case PlanEvent.TaskFailed failed ->
                new Failed(
                        failed.task(),
                        failed.attempt(),
                        failed.failure(),
                        failed.reason(),
                        failed.hint(),
                        failed.retryAt(),
                        failed.usage());
            case PlanEvent.ContextMerged merged -> new Merged(merged.task(), merged.attempt());
            case PlanEvent.MergeConflicted conflicted ->
                new Conflicted(
                        conflicted.task(),
                        conflicted.attempt(),
                        conflicted.conflicts().stream().map(FileConflict::path).toList(),
                        conflicted.reason(),
                        conflicted.refused());
            case PlanEvent.VerificationRequested requested ->
                new VerificationAsked(requested.task(), requested.results());
            case PlanEvent.PlanCommand(var meta, var command) -> of(command);
            default -> throw new IllegalArgumentException("nothing for the scheduler: " + event.getClass());
        };
    }

    private static SchedulerInput of(Command command) {
        return switch (command) {
            case Command.CancelPlan cancel -> new CancelAsked(cancel.reason());
            case Command.PausePlan pause -> new PauseAsked(pause.reason());
            case Command.CancelTask cancel -> new TaskCancelAsked(cancel.task(), cancel.reason());
            case Command.PauseTask pause -> new TaskPauseAsked(pause.task(), pause.reason());
            case Command.ResumePlan resume -> new ResumeAsked(resume.limits());
            case Command.RetryTask retry -> new RetryAsked(retry.task());
            case Command.ApproveTask approve -> new Approved(approve.task(), approve.answer(), approve.attempt());
            case Command.RejectTask reject -> new Rejected(reject.task(), reject.reason(), reject.attempt());
            case Command.ResolveTask resolve ->
                new ResolveAsked(resolve.task(), resolve.attempt(), resolve.resolution());
            case Command.ChangePriority change -> new PriorityChanged(change.priority());
            case Command.ChangeOptions change -> new OptionsChanged(change.changes());
            case Command.ArchivePlan _ -> throw new IllegalArgumentException("a plan that is archived has ended");
        };
    }
}
