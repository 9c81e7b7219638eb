package io.taskweaver.context;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the stream runs, its state restored, and no record is worked on for too long; alive unless the stream has given
 * up for good.
 */
@ApplicationScoped
class ContextHealth {
    private final ContextStreams streams;
    private final ContextSettings settings;

    ContextHealth(ContextStreams streams, ContextSettings settings) {
        this.streams = streams;
        this.settings = settings;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> response("context-stream-ready", streams.runner().isReady(settings.recordLimit()));
    }

    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> response("context-stream-alive", streams.runner().isAlive());
    }

    private HealthCheckResponse response(String name, boolean up) {
        var response = HealthCheckResponse.named(name).status(up);
        streams.runner().standing().forEach(response::withData);
        return response.build();
    }
}
