package io.taskweaver.context;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive unless the stream has stopped for good. */
@Liveness
@ApplicationScoped
public class ContextLiveness implements HealthCheck {
    private final ContextStreams streams;

    /** @param streams the stream */
    @Inject
    public ContextLiveness(ContextStreams streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        boolean gaveUp = streams.running()
                .filter(running -> running.streams().state() == KafkaStreams.State.ERROR)
                .isPresent();
        var response = HealthCheckResponse.named("context-stream-alive")
                .status(!gaveUp && streams.problem().isEmpty());
        streams.problem().ifPresent(why -> response.withData("why", why));
        return response.build();
    }
}
