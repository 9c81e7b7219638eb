package io.taskweaver.agents.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** Result of one request. */
public sealed interface Reply {
    /** It succeeded. */
    record Done(JsonNode body) implements Reply {}

    /**
     * It was answered with an error.
     *
     * @param message of the service, without the token
     * @param retryAfter requested pause
     */
    record Refused(int status, String message, Optional<Duration> retryAfter) implements Reply {}

    /** It was certainly never received. */
    record Unsent(String reason) implements Reply {}

    /** It may have been received: no answer, or none that can be read. */
    record Lost(String reason) implements Reply {}

    /** It succeeded, and the answer is longer than the limit. */
    record TooLong(long limitBytes) implements Reply {}
}
