package io.taskweaver.context;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the stream runs, its state restored. */
@Readiness
@ApplicationScoped
public class ContextReadiness implements HealthCheck {
    private final ContextStreams streams;

    /** @param streams whose state is told */
    @Inject
    public ContextReadiness(ContextStreams streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        var state = streams.running().map(running -> running.streams().state());
        return HealthCheckResponse.named("context-stream-ready")
                .status(state.filter(KafkaStreams.State.RUNNING::equals).isPresent())
                .withData("state", state.map(Enum::name).orElse("WAITING_FOR_TOPICS"))
                .build();
    }
}
