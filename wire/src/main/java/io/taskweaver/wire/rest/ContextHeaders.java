package io.taskweaver.wire.rest;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/** Headers of answers of the context service. */
public final class ContextHeaders {
    /** Present if a copy of the state answered, which may lack what happened last. */
    public static final String STALE = "X-TaskWeaver-Stale";

    /** Address of the instance whose state the answer comes from, where there are several. */
    public static final String INSTANCE = "X-TaskWeaver-Instance";

    private static final String RETRY_AFTER = "Retry-After";
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private ContextHeaders() {}

    /** Whether a copy of the state answered. */
    public static boolean isStale(HttpHeaders headers) {
        return headers.firstValue(STALE).isPresent();
    }

    /** When to ask again, if the service says so in seconds; limited to what a caller can wait for. */
    public static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue(RETRY_AFTER)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(time -> time.compareTo(LONGEST) < 0 ? time : LONGEST);
    }
}
