package io.taskweaver.agents.http;

import io.taskweaver.agents.Outcome;
import java.time.Clock;

/** What an answer other than success means for the work. */
public final class Refusals {
    private final String credentialsHint;
    private final Clock clock;

    public Refusals(String credentialsHint, Clock clock) {
        this.credentialsHint = credentialsHint;
        this.clock = clock;
    }

    /** Why no request was sent at all. */
    public Outcome.CredentialsRefused unset(String what) {
        return new Outcome.CredentialsRefused("no " + what + " is set", credentialsHint);
    }

    public Outcome.Unsuccessful outcome(Reply.Refused refused) {
        String message = refused.message();
        return switch (refused.status()) {
            case 401, 403 -> new Outcome.CredentialsRefused(message, credentialsHint);
            case 404 ->
                new Outcome.CredentialsRefused(
                        message, credentialsHint + "; and check the base URL and the repository id");
            case 402 -> new Outcome.BudgetExceeded(message);
            case 429 ->
                new Outcome.RateLimited(
                        message,
                        refused.retryAfter().map(wait -> clock.instant().plus(wait)));
            default -> {
                if (isFault(refused)) yield new Outcome.InfraFailed(message);
                if (refused.status() / 100 == 3)
                    yield new Outcome.InfraFailed(message + " (it points elsewhere: is the base URL right?)");
                yield new Outcome.TaskFailed(message);
            }
        };
    }

    /** Whether the service failed rather than refused: what was asked may have been done. */
    public static boolean isFault(Reply.Refused refused) {
        return refused.status() >= 500 || refused.status() == 408;
    }
}
