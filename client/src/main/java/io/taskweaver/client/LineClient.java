package io.taskweaver.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.taskweaver.code.PlanLine;
import io.taskweaver.model.PlanId;
import io.taskweaver.wire.json.ModelJson;
import io.taskweaver.wire.rest.LineView;
import io.taskweaver.wire.rest.RestAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the context service for the line of a plan. */
final class LineClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** A bundle may hold all of a large code base. */
    private static final Duration BUNDLE_TIMEOUT = Duration.ofMinutes(10);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_EARLY = 425;

    private final String baseUrl;
    private final RestAccess access;
    private final HttpClient http;

    LineClient(Connection connection) {
        this.baseUrl = connection.contextUrl();
        this.access = RestAccess.of(connection.settings());
        this.http = access.client().connectTimeout(Duration.ofSeconds(5)).build();
    }

    /** Base and head; empty if the plan is unknown, or has no code yet. */
    Optional<PlanLine> line(PlanId plan) {
        var response = get("/api/plans/" + plan + "/line", TIMEOUT);
        if (response.isEmpty()) return Optional.empty();
        try {
            var line = ModelJson.SERVICES.readValue(response.get(), LineView.class);
            return Optional.of(new PlanLine(line.base(), line.head()));
        } catch (IOException | IllegalArgumentException e) {
            throw unreachable("answered with no line of a plan (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The commits of the line as a Git bundle; empty if there is none any more.
     *
     * @param result commit of a result that is not merged, to be the last commit in place of the head
     * @param have commit that is here already
     */
    Optional<byte[]> bundle(PlanId plan, Optional<String> result, Optional<String> have) {
        var parameters = Stream.of(result.map(commit -> "result=" + commit), have.map(commit -> "have=" + commit))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("&"));
        return get(
                "/api/plans/" + plan + "/line.bundle" + (parameters.isEmpty() ? "" : "?" + parameters), BUNDLE_TIMEOUT);
    }

    private Optional<byte[]> get(String path, Duration timeout) {
        var uri = URI.create(baseUrl + path);
        try {
            var response = http.send(access.request(uri).timeout(timeout).build(), BodyHandlers.ofByteArray());
            var refusal = access.refusal(response.statusCode());
            if (refusal.isPresent())
                throw new SystemUnavailable(
                        "The context service at " + baseUrl + " "
                                + refusal.get().reason() + ".",
                        refusal.get().hint(),
                        null);
            return switch (response.statusCode()) {
                case OK -> Optional.of(response.body());
                case NOT_FOUND, TOO_EARLY -> Optional.empty();
                default ->
                    throw unreachable("answered " + response.statusCode() + " to " + uri + problem(response), null);
            };
        } catch (IOException e) {
            throw unreachable("does not answer (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("was not waited for: the wait was interrupted", e);
        }
    }

    /** What a problem document says (RFC 9457). */
    private static String problem(HttpResponse<byte[]> response) {
        try {
            var detail = ModelJson.SERVICES
                    .readTree(new String(response.body(), StandardCharsets.UTF_8))
                    .path("detail");
            return detail.isTextual() ? ": " + detail.textValue().replaceFirst("[.]$", "") : "";
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private SystemUnavailable unreachable(String what, @Nullable Exception cause) {
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
