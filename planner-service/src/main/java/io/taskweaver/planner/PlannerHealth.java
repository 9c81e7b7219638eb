package io.taskweaver.planner;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the topology runs; alive unless it has stopped for good. */
@ApplicationScoped
class PlannerHealth {
    private final PlannerRuntime runtime;

    PlannerHealth(PlannerRuntime runtime) {
        this.runtime = runtime;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> response(
                "planner-ready",
                runtime.state().filter(KafkaStreams.State.RUNNING::equals).isPresent());
    }

    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> response(
                "planner-alive",
                runtime.problem().isEmpty()
                        && runtime.state()
                                .filter(KafkaStreams.State.ERROR::equals)
                                .isEmpty());
    }

    private HealthCheckResponse response(String name, boolean up) {
        var response = HealthCheckResponse.named(name)
                .status(up)
                .withData("topology", runtime.state().map(Enum::name).orElse("WAITING_FOR_TOPICS"));
        runtime.problem().ifPresent(why -> response.withData("why", why));
        return response.build();
    }
}
