package io.taskweaver.client;

import io.taskweaver.model.PlanId;
import io.taskweaver.wire.json.ModelJson;
import io.taskweaver.wire.rest.MergedView;
import java.io.IOException;
import java.time.Duration;

/** Asks the context service for merged files. */
final class MergedContextClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final ContextHttp http;

    MergedContextClient(Connection connection) {
        this.http = new ContextHttp(connection);
    }

    MergedView merged(PlanId plan) {
        var response = http.get("/api/plans/" + plan + "/context?changed=true", TIMEOUT);
        if (response.statusCode() != ContextHttp.OK) return MergedView.NONE;
        try {
            return ModelJson.SERVICES.readValue(response.body(), MergedView.class);
        } catch (IOException e) {
            throw http.unreachable("answered with no merged context (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
