package io.taskweaver.client;

import io.taskweaver.code.PlanLine;
import io.taskweaver.model.PlanId;
import io.taskweaver.wire.json.ModelJson;
import io.taskweaver.wire.rest.LineView;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the context service for the line of a plan. */
final class LineClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** A bundle may hold all of a large code base. */
    private static final Duration BUNDLE_TIMEOUT = Duration.ofMinutes(10);

    private final ContextHttp http;

    LineClient(Connection connection) {
        this.http = new ContextHttp(connection);
    }

    /** Base and head; empty if the plan is unknown, or has no code yet. */
    Optional<PlanLine> line(PlanId plan) {
        var response = get("/api/plans/" + plan + "/line", TIMEOUT);
        if (response.isEmpty()) return Optional.empty();
        try {
            var line = ModelJson.SERVICES.readValue(response.get(), LineView.class);
            return Optional.of(new PlanLine(line.base(), line.head()));
        } catch (IOException | IllegalArgumentException e) {
            throw http.unreachable("answered with no line of a plan (" + e.getMessage() + ")", e);
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
        var response = http.get(path, timeout);
        return response.statusCode() == ContextHttp.OK ? Optional.of(response.body()) : Optional.empty();
    }

    @Override
    public void close() {
        http.close();
    }
}
