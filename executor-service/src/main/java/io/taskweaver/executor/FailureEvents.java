package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.model.event.Failure;
import java.time.Instant;
import java.util.Optional;

/** Content of {@code TaskFailed} for an agent's outcome. */
final class FailureEvents {
    private FailureEvents() {}

    static Failure kind(Outcome.Unsuccessful outcome) {
        return switch (outcome) {
            case Outcome.RateLimited limited -> Failure.RATE_LIMITED;
            case Outcome.InfraFailed failed -> Failure.INFRA_FAILED;
            case Outcome.Interrupted interrupted -> Failure.INTERRUPTED;
            case Outcome.NeedsInput needs -> Failure.NEEDS_INPUT;
            case Outcome.TaskFailed failed -> Failure.TASK_FAILED;
            case Outcome.TimedOut timedOut -> Failure.TIMED_OUT;
            case Outcome.BudgetExceeded exceeded -> Failure.BUDGET_EXCEEDED;
            case Outcome.Cancelled cancelled -> Failure.CANCELLED;
            case Outcome.CredentialsRefused refused -> Failure.REFUSED_CREDENTIALS;
            case Outcome.NotConfigured lacking -> Failure.AGENT_NOT_CONFIGURED;
            case Outcome.NotAllowed refused -> Failure.NOT_ALLOWED;
            case Outcome.SetupFailed failed -> Failure.SETUP_FAILED;
            case Outcome.RemoteFailed failed -> Failure.REMOTE_FAILED;
        };
    }

    static Optional<String> hint(Outcome.Unsuccessful outcome) {
        return switch (outcome) {
            case Outcome.CredentialsRefused refused -> Optional.of(refused.hint());
            case Outcome.NotConfigured lacking -> Optional.of(lacking.hint());
            case Outcome.NotAllowed refused -> Optional.of(refused.hint());
            case Outcome.SetupFailed failed ->
                Optional.of(
                        "Make the command succeed on the machines of the executors, then resume the plan; for another"
                                + " --setup, run it with --again.");
            case Outcome.RemoteFailed failed -> Optional.of(failed.hint());
            case Outcome.NeedsInput needs -> Optional.of("Answer with `approve`.");
            case Outcome.TimedOut timedOut ->
                timedOut.limit().isPositive()
                        ? Optional.of("The limit of an attempt is "
                                + timedOut.limit().toSeconds() + " s; --attempt-timeout sets another one.")
                        : Optional.empty();
            case Outcome.BudgetExceeded exceeded -> Optional.of("Raise the budget or the quota, then resume the plan.");
            case Outcome.RateLimited _,
                    Outcome.InfraFailed _,
                    Outcome.Interrupted _,
                    Outcome.TaskFailed _,
                    Outcome.Cancelled _ -> Optional.empty();
        };
    }

    static Optional<Instant> retryAt(Outcome.Unsuccessful outcome) {
        return outcome instanceof Outcome.RateLimited limited ? limited.until() : Optional.empty();
    }
}
