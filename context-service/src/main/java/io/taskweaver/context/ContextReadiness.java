package io.taskweaver.context;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the stream runs, its state is restored, and no record takes too long. */
@Readiness
@ApplicationScoped
public class ContextReadiness implements HealthCheck {
    private final ContextStreams streams;
    private final ContextSettings settings;

    /** @param streams the stream */
    @Inject
    public ContextReadiness(ContextStreams streams, ContextSettings settings) {
        this.streams = streams;
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        var state = streams.running().map(running -> running.streams().state());
        boolean runs = state.filter(KafkaStreams.State.RUNNING::equals).isPresent();
        var response = HealthCheckResponse.named("context-stream-ready")
                .status(runs && streams.work().isMovingOn(settings.recordLimit()))
                .withData("state", state.map(Enum::name).orElse("WAITING_FOR_TOPICS"));
        streams.work()
                .oldest()
                .ifPresent(item -> response.withData("worksOn", item.what())
                        .withData("since", item.since().toString()));
        streams.waitsFor().ifPresent(why -> response.withData("why", why));
        return response.build();
    }
}
