package io.taskweaver.agents.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/** Result of one request. */
public sealed interface Reply {
    /** It failed, or its outcome is unknown. */
    sealed interface Failed extends Reply {}

    /** It succeeded. */
    record Done(JsonNode body) implements Reply {}

    /**
     * It was answered with an error.
     *
     * @param message of the service, without the token
     * @param retryAfter requested pause
     */
    record Refused(int status, String message, Optional<Duration> retryAfter) implements Failed {}

    /** It was certainly never received. */
    record Unsent(String reason) implements Failed {}

    /** It may have been received: no answer, or none that can be read. */
    record Lost(String reason) implements Failed {}

    /** It succeeded, and the answer is longer than the limit. */
    record TooLong(long limitBytes) implements Failed {
        /** @param what the answer that is too long */
        public String message(String what) {
            return what + " is longer than the limit of " + limitBytes + " bytes.";
        }
    }
}
