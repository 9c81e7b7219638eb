package io.taskweaver.agents.http;

import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.Usage;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Outcomes of unsuccessful answers. */
public final class HttpFailures {
    private final String credentialsHint;
    private final Clock clock;

    public HttpFailures(String credentialsHint, Clock clock) {
        this.credentialsHint = credentialsHint;
        this.clock = clock;
    }

    /** Why no request was sent. */
    public Outcome.CredentialsRefused unset(String what) {
        return new Outcome.CredentialsRefused("No " + what + " is set.", credentialsHint);
    }

    public Outcome.Unsuccessful outcome(Reply.Refused refused) {
        String message = refused.message();
        return switch (refused.status()) {
            case 401, 403 -> new Outcome.CredentialsRefused(message, credentialsHint);
            case 404 ->
                new Outcome.CredentialsRefused(
                        message, credentialsHint + ". Also check the base URL and the repository id");
            case 402 -> Outcome.noCredit(message, Usage.NONE, again(refused));
            case 429 -> new Outcome.RateLimited(message, again(refused));
            default -> {
                if (isFault(refused)) yield new Outcome.InfraFailed(message);
                if (refused.status() / 100 == 3)
                    yield new Outcome.InfraFailed(message + ". It is a redirect: check the base URL.");
                yield new Outcome.TaskFailed(message);
            }
        };
    }

    /** Outcome while a run is polled: revoked credentials do not end the run. */
    public Outcome.Unsuccessful whileRunning(Reply.Refused refused) {
        return outcome(refused) instanceof Outcome.CredentialsRefused(String reason, String hint, boolean any)
                ? new Outcome.CredentialsRefused(reason, hint, true)
                : outcome(refused);
    }

    /**
     * Why a search has no result.
     *
     * @param what list that is searched
     * @param remedy if that is too long
     */
    public Lookup.Unavailable unavailable(Reply.Failed failed, String what, String remedy) {
        return new Lookup.Unavailable(
                switch (failed) {
                    case Reply.Refused refused -> outcome(refused);
                    case Reply.Unsent(String reason) -> new Outcome.InfraFailed(reason);
                    case Reply.Lost(String reason) -> new Outcome.InfraFailed(reason);
                    case Reply.TooLong tooLong -> new Outcome.InfraFailed(tooLong.message(what) + remedy);
                });
    }

    /**
     * What became of a creation that did not succeed.
     *
     * @param remedy if its answer is too long
     */
    public Creation creation(Reply.Failed failed, String remedy) {
        return switch (failed) {
            case Reply.Refused refused when isFault(refused) -> new Creation.Unknown(refused.message());
            case Reply.Refused refused -> new Creation.Refused(outcome(refused));
            case Reply.Unsent(String reason) -> new Creation.Refused(new Outcome.InfraFailed(reason));
            case Reply.Lost(String reason) -> new Creation.Unknown(reason);
            case Reply.TooLong tooLong -> new Creation.Unknown(tooLong.message("The answer") + remedy);
        };
    }

    private Optional<Instant> again(Reply.Refused refused) {
        return refused.retryAfter().map(wait -> clock.instant().plus(wait));
    }

    /** Whether the service failed rather than refused: the request may have been executed. */
    public static boolean isFault(Reply.Refused refused) {
        return refused.status() >= 500 || refused.status() == 408;
    }
}
