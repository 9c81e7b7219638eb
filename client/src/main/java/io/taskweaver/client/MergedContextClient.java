package io.taskweaver.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.taskweaver.model.PlanId;
import io.taskweaver.wire.json.ModelJson;
import io.taskweaver.wire.rest.MergedView;
import io.taskweaver.wire.rest.RestAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks the context service for merged files. */
final class MergedContextClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String baseUrl;
    private final RestAccess access;
    private final HttpClient http;

    MergedContextClient(String baseUrl, RestAccess access) {
        this.baseUrl = baseUrl;
        this.access = access;
        this.http = access.client().connectTimeout(Duration.ofSeconds(5)).build();
    }

    MergedView merged(PlanId plan) {
        var uri = URI.create(baseUrl + "/api/plans/" + plan + "/context?changed=true");
        try {
            var response = http.send(access.request(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString());
            var refusal = access.refusal(response.statusCode());
            if (refusal.isPresent()) throw refused(refusal.get());
            return switch (response.statusCode()) {
                case 200 -> ModelJson.SERVICES.readValue(response.body(), MergedView.class);
                case 404, 425 -> MergedView.NONE;
                default ->
                    throw unreachable(
                            "answered " + response.statusCode() + " to " + uri + problemOf(response.body()), null);
            };
        } catch (IOException e) {
            throw unreachable("does not answer (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("the wait was interrupted", e);
        }
    }

    /** What a problem document says (RFC 9457). */
    private static String problemOf(String body) {
        try {
            var detail = ModelJson.SERVICES.readTree(body).path("detail");
            return detail.isTextual() ? ": " + detail.textValue().replaceFirst("[.]$", "") : "";
        } catch (JsonProcessingException e) {
            return "";
        }
    }

    private SystemUnavailable refused(RestAccess.Refusal refusal) {
        return new SystemUnavailable(
                "The context service at " + baseUrl + " " + refusal.reason() + ".", refusal.hint(), null);
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
