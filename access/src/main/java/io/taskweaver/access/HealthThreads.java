package io.taskweaver.access;

import io.smallrye.health.AsyncHealthCheckFactory;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Runs each health check on its own thread, so that requests cannot block health. */
@Alternative
@Priority(1)
@Singleton
class HealthThreads extends AsyncHealthCheckFactory {
    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("health-", 0).factory());

    @Override
    public Uni<HealthCheckResponse> callSync(HealthCheck check) {
        return super.callSync(check).runSubscriptionOn(threads);
    }
}
