package io.taskweaver.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.taskweaver.wire.json.ModelJson;
import io.taskweaver.wire.rest.ContextHeaders;
import io.taskweaver.wire.rest.RestAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the context service. */
final class ContextHttp implements AutoCloseable {
    /** How long a plan may be on its way from one instance to another. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int UNAVAILABLE = 503;

    static final int OK = 200;
    static final int NOT_FOUND = 404;
    static final int GONE = 410;
    static final int TOO_EARLY = 425;

    private final String baseUrl;
    private final RestAccess access;
    private final HttpClient http;

    ContextHttp(Connection connection) {
        this.baseUrl = connection.contextUrl();
        this.access = RestAccess.of(connection.settings());
        this.http = access.client().connectTimeout(Duration.ofSeconds(5)).build();
    }

    /**
     * Asks for a path.
     *
     * @param timeout for one answer
     * @throws SystemUnavailable if it does not answer, refuses access, or cannot answer now
     */
    HttpResponse<byte[]> get(String path, Duration timeout) {
        return get(path, timeout, false);
    }

    /**
     * Asks for a path; while the service cannot answer, or only from a copy of its state, again for a while.
     *
     * @param timeout for one answer
     * @param copy whether an answer from a copy of the state will do, which may lack what happened last
     * @throws SystemUnavailable if it does not answer, refuses access, or cannot answer now
     */
    HttpResponse<byte[]> get(String path, Duration timeout, boolean copy) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var response = send(path, timeout);
            boolean isLate = System.nanoTime() > end;
            var retryAfter = ContextHeaders.retryAfter(response.headers());
            boolean isStale = !copy && ContextHeaders.isStale(response.headers());
            if (isStale && isLate)
                throw unreachable(
                        "can only answer from a standby copy: the instance that owns the plan is not available", null);
            if (!isStale && (isLate || retryAfter.isEmpty() || response.statusCode() != UNAVAILABLE))
                return checked(path, response);
            pause(retryAfter.orElse(PAUSE));
        }
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("did not answer before the command was interrupted", e);
        }
    }

    private HttpResponse<byte[]> send(String path, Duration timeout) {
        try {
            return http.send(
                    access.request(URI.create(baseUrl + path)).timeout(timeout).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw unreachable("does not answer (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("did not answer before the command was interrupted", e);
        }
    }

    private HttpResponse<byte[]> checked(String path, HttpResponse<byte[]> response) {
        var refusal = access.refusal(response.statusCode());
        if (refusal.isPresent())
            throw new SystemUnavailable(
                    "The context service at " + baseUrl + " " + refusal.get().reason() + ".",
                    refusal.get().hint(),
                    null);
        return switch (response.statusCode()) {
            case OK, NOT_FOUND, GONE, TOO_EARLY -> response;
            default ->
                throw unreachable("answered " + response.statusCode() + " to " + baseUrl + path + said(response), null);
        };
    }

    /** What a problem document says (RFC 9457). */
    static String said(HttpResponse<byte[]> response) {
        var detail = field(response, "detail");
        return detail.isEmpty() ? "" : ": " + detail.replaceFirst("[.]$", "");
    }

    /** A text of a JSON answer; empty if it has none. */
    static String field(HttpResponse<byte[]> response, String name) {
        try {
            JsonNode json = ModelJson.SERVICES.readTree(new String(response.body(), StandardCharsets.UTF_8));
            return json.path(name).asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    SystemUnavailable unreachable(String what, @Nullable Exception cause) {
        return new SystemUnavailable(
                "The context service at " + baseUrl + " " + what + ".",
                "Check that it runs, and check --context-url.",
                cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
