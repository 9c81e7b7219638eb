package io.taskweaver.executor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the journal is read up to date and orders are taken. */
@Readiness
@ApplicationScoped
public class ExecutorReady implements HealthCheck {
    private final ExecutorStart executor;

    @Inject
    ExecutorReady(ExecutorStart executor) {
        this.executor = executor;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("executor");
        executor.notReady().ifPresentOrElse(why -> response.down().withData("why", why), response::up);
        return response.build();
    }
}
