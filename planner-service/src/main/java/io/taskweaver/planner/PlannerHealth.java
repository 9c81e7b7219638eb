package io.taskweaver.planner;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the topology runs and no record takes too long; alive unless the topology has stopped for good or too many
 * threads are blocked by computations that did not stop.
 */
@ApplicationScoped
class PlannerHealth {
    private static final int MOST_LEFT_BEHIND = 3;

    private final PlannerRuntime runtime;
    private final PlannerSettings settings;

    PlannerHealth(PlannerRuntime runtime, PlannerSettings settings) {
        this.runtime = runtime;
        this.settings = settings;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> response("planner-ready", runtime.runner().isReady(longest()));
    }

    @Produces
    @Liveness
    HealthCheck alive() {
        return () ->
                response("planner-alive", runtime.runner().isAlive() && runtime.threadsLeftBehind() < MOST_LEFT_BEHIND);
    }

    /** Planning has a separate limit, and is abandoned a little later. */
    private Duration longest() {
        var planning = settings.planningLimit().plus(PlannerRuntime.GRACE);
        return planning.compareTo(settings.recordLimit()) > 0 ? planning : settings.recordLimit();
    }

    private HealthCheckResponse response(String name, boolean up) {
        var response = HealthCheckResponse.named(name).status(up);
        runtime.runner().standing().forEach(response::withData);
        if (runtime.threadsLeftBehind() > 0) response.withData("threadsLeftBehind", runtime.threadsLeftBehind());
        return response.build();
    }
}
