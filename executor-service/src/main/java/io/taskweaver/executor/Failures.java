package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.events.FailureKind;
import io.taskweaver.events.TaskFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Translates between the agents' outcomes and what {@link TaskFailed} says. */
final class Failures {
    private Failures() {}

    static FailureKind kind(Outcome.Unsuccessful outcome) {
        return switch (outcome) {
            case Outcome.RateLimited limited -> FailureKind.RATE_LIMITED;
            case Outcome.InfraFailed failed -> FailureKind.INFRA_FAILED;
            case Outcome.Interrupted interrupted -> FailureKind.INTERRUPTED;
            case Outcome.NeedsInput needs -> FailureKind.NEEDS_INPUT;
            case Outcome.TaskFailed failed -> FailureKind.TASK_FAILED;
            case Outcome.TimedOut timedOut -> FailureKind.TIMED_OUT;
            case Outcome.BudgetExceeded exceeded -> FailureKind.BUDGET_EXCEEDED;
            case Outcome.Cancelled cancelled -> FailureKind.CANCELLED;
            case Outcome.CredentialsRefused refused -> FailureKind.REFUSED_CREDENTIALS;
            case Outcome.NotAllowed refused -> FailureKind.NOT_ALLOWED;
        };
    }

    static Optional<String> hint(Outcome.Unsuccessful outcome) {
        return switch (outcome) {
            case Outcome.CredentialsRefused refused -> Optional.of(refused.hint());
            case Outcome.NotAllowed refused -> Optional.of(refused.hint());
            case Outcome.NeedsInput needs -> Optional.of("Answer by approving the task.");
            case Outcome.TimedOut timedOut ->
                Optional.of("The limit is " + timedOut.limit() + "; a plan's options can set another.");
            case Outcome.BudgetExceeded exceeded -> Optional.of("Raise the budget or the quota, then resume the plan.");
            case Outcome.RateLimited limited -> Optional.empty();
            case Outcome.InfraFailed failed -> Optional.empty();
            case Outcome.Interrupted interrupted -> Optional.empty();
            case Outcome.TaskFailed failed -> Optional.empty();
            case Outcome.Cancelled cancelled -> Optional.empty();
        };
    }

    static Optional<Instant> retryAt(Outcome.Unsuccessful outcome) {
        return outcome instanceof Outcome.RateLimited limited ? limited.until() : Optional.empty();
    }

    static Outcome.Unsuccessful outcome(TaskFailed event) {
        var reason = event.getReason();
        var hint = event.getHint();
        var usage = Events.usage(event.getUsage());
        return switch (event.getFailure()) {
            case RATE_LIMITED -> new Outcome.RateLimited(reason, Optional.ofNullable(event.getRetryAt()));
            case INFRA_FAILED -> new Outcome.InfraFailed(reason);
            case INTERRUPTED -> new Outcome.Interrupted(reason, event.getRunGoesOn());
            case NEEDS_INPUT -> new Outcome.NeedsInput(reason, usage);
            case TASK_FAILED -> new Outcome.TaskFailed(reason, usage);
            case TIMED_OUT -> new Outcome.TimedOut(reason, Duration.ofMillis(event.getDurationMillis()));
            case BUDGET_EXCEEDED -> new Outcome.BudgetExceeded(reason, usage);
            case CANCELLED, STALE_ATTEMPT -> new Outcome.Cancelled(reason);
            case NOT_ALLOWED -> new Outcome.NotAllowed(reason, hint == null ? "" : hint, usage);
            case REFUSED_CREDENTIALS ->
                new Outcome.CredentialsRefused(reason, hint == null ? "" : hint, event.getRunGoesOn());
        };
    }
}
