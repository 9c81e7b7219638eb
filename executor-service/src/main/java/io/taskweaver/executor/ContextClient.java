package io.taskweaver.executor;

import io.github.resilience4j.core.IntervalFunction;
import io.taskweaver.agents.Attempt;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.wire.json.ModelJson;
import io.taskweaver.wire.rest.ContextHeaders;
import io.taskweaver.wire.rest.RestAccess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Fetches isolated contexts from the context service. That service reads contracts and results independently of the
 * planner, so it may have them later, and it may be unavailable for a while: the client waits in both cases.
 */
final class ContextClient implements ContextSource, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ContextClient.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(5), 2, 0.3, Duration.ofSeconds(2));
    private static final Duration SILENT = Duration.ofSeconds(2);
    private static final int TOO_EARLY = 425;

    private final RestAccess access;
    private final HttpClient http;
    private final AtomicReference<String> refused = new AtomicReference<>("");
    private final String baseUrl;
    private final Duration timeout;
    private final AttemptRun.Pause pause;
    private final InstantSource clock;

    /**
     * @param baseUrl URL of the context service
     * @param access to that service
     * @param timeout longest time to wait for a context
     */
    ContextClient(URI baseUrl, RestAccess access, Duration timeout, AttemptRun.Pause pause, InstantSource clock) {
        this.access = access;
        this.http = access.client().connectTimeout(Duration.ofSeconds(5)).build();
        this.baseUrl = baseUrl.toString().replaceAll("/+$", "");
        this.timeout = timeout;
        this.pause = pause;
        this.clock = clock;
    }

    @Override
    public Fetched fetch(Attempt attempt, OptionalLong version, Consumer<String> waiting) throws InterruptedException {
        var query = version.isPresent() ? "?version=" + version.getAsLong() : "";
        var uri = URI.create(baseUrl + "/api/plans/" + encoded(attempt.plan()) + "/tasks/" + encoded(attempt.task())
                + "/context" + query);
        Instant begun = clock.instant();
        for (int times = 1; ; times++) {
            var asked = ask(uri);
            if (!(asked.fetched() instanceof NotInTime(String reason))) return asked.fetched();
            var waited = Duration.between(begun, clock.instant());
            if (waited.compareTo(timeout) >= 0) return asked.fetched();
            if (waited.compareTo(SILENT) >= 0) waiting.accept("waits for its context: " + reason);
            pause.of(asked.retryAfter().orElse(Duration.ofMillis(PAUSES.apply(times))));
        }
    }

    /** Why the context service refuses this executor; empty if it does not, or was not called yet. */
    Optional<String> refusal() {
        return Optional.of(refused.get()).filter(reason -> !reason.isEmpty());
    }

    /**
     * An answer.
     *
     * @param retryAfter when to ask again, if the service says so
     */
    private record Asked(Fetched fetched, Optional<Duration> retryAfter) {
        static Asked of(Fetched fetched) {
            return new Asked(fetched, Optional.empty());
        }
    }

    private Asked ask(URI uri) throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            var request = access.request(uri)
                    .timeout(REQUEST_TIMEOUT)
                    .header("Accept", "application/json")
                    .build();
            response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            return Asked.of(new NotInTime("The context service at " + baseUrl + " cannot be reached (" + e + ")"));
        }
        return new Asked(fetched(response), ContextHeaders.retryAfter(response.headers()));
    }

    private Fetched fetched(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        // A wrong credential may be corrected while tasks wait: they do not fail immediately.
        var refusal = access.refusal(status);
        if (refusal.isPresent()) return new NotInTime(refused(refusal.get()));
        refused.set("");
        // It may lack a conflict, or a result that the task builds on.
        if (ContextHeaders.isStale(response.headers()))
            return new NotInTime("The context service at " + baseUrl
                    + " answers from a copy of its state, since the instance that has the plan is away");
        if (status == 200) return parsed(response.body());
        var problem = "The context service at " + baseUrl + " answered " + status + error(response.body());
        return status == TOO_EARLY || status == 404 || status == 429 || status >= 500
                ? new NotInTime(problem)
                : new Denied(problem);
    }

    private String refused(RestAccess.Refusal refusal) {
        var words = "The context service at " + baseUrl + " " + refusal.reason() + ". " + refusal.hint();
        // Logged once, not for each task.
        if (!words.equals(refused.getAndSet(words))) LOG.errorf("Contexts cannot be fetched: %s", words);
        return words;
    }

    private Fetched parsed(byte[] body) {
        try {
            var tree = ModelJson.SERVICES.readTree(body);
            return new Available(ModelJson.read(ModelJson.SERVICES, tree, IsolatedContext.class));
        } catch (IOException | RuntimeException e) {
            return new Denied(
                    "The context service at " + baseUrl + " answered with something other than an isolated context ("
                            + e + "); do both services have the same version?");
        }
    }

    private String error(byte[] body) {
        try {
            var tree = ModelJson.SERVICES.readTree(body);
            return tree.path("detail").isTextual() ? ": " + tree.get("detail").textValue() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
