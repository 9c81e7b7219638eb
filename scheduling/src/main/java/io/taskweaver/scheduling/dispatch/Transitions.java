package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.RejectedResult;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Sentences;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Failure;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a node goes from where it stands. The {@link Scheduler} moves nodes by these rules, and who knows a plan only from
 * its events follows by the same.
 */
public final class Transitions {
    /** Most times that one result is reconciled: each time, another result was merged first. */
    public static final int MOST_RECONCILIATIONS = 20;

    private Transitions() {}

    /** Whether it says that the plan's command fails on its code: what follows is for who merges. */
    public static boolean isVerdict(Task.Kind kind, Failure failure) {
        return kind == Task.Kind.VERIFY && (failure == Failure.TASK_FAILED || failure == Failure.TIMED_OUT);
    }

    /**
     * After the current attempt failed.
     *
     * @param attempts the current attempt, with what it cost
     * @param maxAttempts attempts that count until the next agent takes over
     * @param agents how many agents the task may be given to, one after the other
     * @param backedOff when the next attempt begins if the agent does not say when
     */
    public static TaskState failed(
            Attempts attempts, SchedulerInput.Failed report, int maxAttempts, int agents, Instant backedOff) {
        boolean mayHandOn = attempts.agent() + 1 < agents;
        return switch (report.failure()) {
            case TASK_FAILED, TIMED_OUT -> {
                var feedback = Optional.of(report.reason());
                var next = attempts.afterFailure(feedback);
                yield next.counted() < maxAttempts
                        ? new TaskState.Pending(next)
                        : mayHandOn ? new TaskState.Pending(attempts.handedOn(feedback)) : givenUp(attempts, report);
            }
            case INFRA_FAILED, STALE_ATTEMPT -> {
                var next = attempts.afterFailure(Optional.empty());
                yield next.counted() < maxAttempts
                        ? new TaskState.Delayed(next, report.retryAt().orElse(backedOff))
                        : mayHandOn
                                ? new TaskState.Pending(attempts.handedOn(Optional.empty()))
                                : givenUp(attempts, report);
            }
            case RATE_LIMITED ->
                new TaskState.Delayed(attempts.again(), report.retryAt().orElse(backedOff));
            case INTERRUPTED, NOT_ALLOWED, SETUP_FAILED, REMOTE_FAILED -> new TaskState.Pending(attempts.again());
            case NEEDS_INPUT -> new TaskState.NeedsInput(attempts, report.reason());
            case CANCELLED -> givenUp(attempts, report);
            case BUDGET_EXCEEDED, REFUSED_CREDENTIALS, AGENT_NOT_CONFIGURED ->
                new TaskState.Pending(mayHandOn ? attempts.handedOn(Optional.empty()) : attempts.again());
        };
    }

    private static TaskState givenUp(Attempts attempts, SchedulerInput.Failed report) {
        return new TaskState.Failed(attempts, report.reason(), report.hint());
    }

    /** After a person approved a result: it may be merged. */
    public static TaskState.Unmerged approved(TaskState.InReview review, Instant now) {
        return new TaskState.Unmerged(review.attempts().resultApproved(), now);
    }

    /**
     * After a person rejected a result: the task has another attempt, unless that was said too often.
     *
     * @param maxRejections results that a person may reject before the task fails
     */
    public static TaskState rejected(TaskState.InReview review, String reason, int maxRejections) {
        var attempts = review.attempts().rejected(new RejectedResult(reason, review.commit()));
        return attempts.rejections() < maxRejections
                ? new TaskState.Pending(attempts.again())
                : new TaskState.Failed(
                        attempts,
                        "its result was rejected " + attempts.rejections()
                                + (attempts.rejections() == 1 ? " time" : " times")
                                + ", the limit of the plan; at last: "
                                + reason,
                        Optional.of("`retry` gives it further attempts."));
    }

    /**
     * After the result of the current attempt turned out to conflict with what is merged.
     *
     * @param resolver the node that is to reconcile it
     * @param before how many nodes reconciled results of the same task before
     */
    public static TaskState conflicted(Attempts attempts, TaskId resolver, int before) {
        return before < MOST_RECONCILIATIONS
                ? new TaskState.Conflicted(attempts, resolver)
                : new TaskState.Failed(
                        attempts,
                        "its result still conflicts with what is merged after " + before + " reconciliations",
                        Optional.empty());
    }

    /** When a user retries the task; empty if that has no effect. */
    public static Optional<TaskState> retried(TaskState state) {
        return switch (state) {
            case TaskState.Failed failed -> pending(failed.attempts().renewed());
            case TaskState.Delayed delayed -> pending(delayed.attempts());
            case TaskState.NeedsInput asked -> pending(asked.attempts().answered(Optional.empty()));
            case TaskState.Held held -> pending(held.attempts());
            // To start it is for who approves it.
            case TaskState.Gated _, TaskState.Pending _, TaskState.Outstanding _ -> Optional.empty();
            case TaskState.InReview _ -> Optional.empty();
            case TaskState.Conflicted _, TaskState.Merged _, TaskState.DoneBefore _ -> Optional.empty();
        };
    }

    /** When a user answers, or lets the task start; empty if it does not wait for that. */
    public static Optional<TaskState> approved(TaskState state, Optional<String> answer) {
        return switch (state) {
            case TaskState.NeedsInput asked -> pending(asked.attempts().answered(answer));
            case TaskState.Gated asked -> pending(asked.attempts().withAnswer(answer));
            case TaskState.Held held -> pending(held.attempts().withFeedback(answer));
            default -> Optional.empty();
        };
    }

    /**
     * When a person settles the task: the result counts as that of another attempt. Empty if there is nothing to settle.
     *
     * @param attempt attempt that the person settles
     */
    public static Optional<TaskState.Resolved> resolved(
            TaskState state, int attempt, Resolution resolution, Instant now) {
        return state instanceof TaskState.Tried tried
                        && (state instanceof TaskState.Conflicted || state instanceof TaskState.Failed)
                        && tried.attempts().number() == attempt
                ? Optional.of(settled(tried.attempts().again(), now, resolution, tried))
                : Optional.empty();
    }

    /**
     * What a person settled, before it is merged.
     *
     * @param before where the task stood
     */
    public static TaskState.Resolved settled(
            Attempts attempts, Instant since, Resolution resolution, TaskState before) {
        var failed = before instanceof TaskState.Failed known ? Optional.of(known) : Optional.<TaskState.Failed>empty();
        return new TaskState.Resolved(
                attempts,
                since,
                resolution,
                failed.map(TaskState.Failed::reason),
                failed.flatMap(TaskState.Failed::hint));
    }

    /**
     * After what a person settled the task with was refused: it is where it was before, and may be settled again.
     *
     * @param reason why it was refused
     * @param resolver the node that is to reconcile its result, if that conflicts
     */
    public static TaskState.Tried refused(TaskState.Resolved resolved, String reason, TaskId resolver) {
        var attempts = resolved.attempts()
                .resolutionRefused("What " + resolved.resolution().by() + " resolved it with was refused: "
                        + Sentences.ended(reason));
        return resolved.failure()
                .<TaskState.Tried>map(failure -> new TaskState.Failed(attempts, failure, resolved.hint()))
                .orElseGet(() -> new TaskState.Conflicted(attempts, resolver));
    }

    /** The node that was to reconcile a result which a person has settled. */
    public static TaskState superseded(TaskState state, Resolution resolution) {
        return state instanceof TaskState.Tried tried && !state.satisfies() && !(state instanceof TaskState.Failed)
                ? new TaskState.Failed(tried.attempts(), resolution.words(), Optional.empty())
                : state;
    }

    /**
     * When a user gives the task up. What is completed is merged all the same; an attempt that is out is stopped by its
     * executor. Empty if that has no effect.
     */
    public static Optional<TaskState.Failed> cancelled(TaskState state, String reason) {
        return switch (state) {
            case TaskState.Unmerged _, TaskState.Conflicted _ -> Optional.empty();
            case TaskState.Merged _ -> Optional.empty();
            case TaskState.DoneBefore _, TaskState.Failed _ -> Optional.empty();
            case TaskState.Tried tried -> Optional.of(new TaskState.Failed(tried.attempts(), reason, Optional.empty()));
        };
    }

    /** When a user pauses the task. What is out goes on, since no agent can be made to wait: empty then. */
    public static Optional<TaskState> paused(TaskState state, String reason) {
        return switch (state) {
            case TaskState.Pending(Attempts attempts) -> Optional.of(new TaskState.Held(attempts, reason));
            case TaskState.Delayed(Attempts attempts, Instant until) ->
                Optional.of(new TaskState.Held(attempts, reason));
            default -> Optional.empty();
        };
    }

    private static Optional<TaskState> pending(Attempts attempts) {
        return Optional.of(new TaskState.Pending(attempts));
    }
}
