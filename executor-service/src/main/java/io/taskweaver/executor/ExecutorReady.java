package io.taskweaver.executor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the journal is read and attempts are taken, unless no agent can run here. If only part of the settings
 * cannot work, it is ready and reports what is missing.
 */
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
        if (!executor.agents().isEmpty()) response.withData("agents", String.join(", ", executor.agents()));
        if (!executor.lacks().isEmpty()) response.withData("lacks", String.join(" ", executor.lacks()));
        // Otherwise readiness would never be reached.
        if (executor.cannotWork()) response.withData("retry", false);
        executor.notReady().ifPresentOrElse(why -> response.down().withData("why", why), response::up);
        return response.build();
    }
}
