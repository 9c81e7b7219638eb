package io.taskweaver.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.rest.RestAccess;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Creates the executor from the settings, starts it when the application listens and stops it with the application. */
@ApplicationScoped
public class ExecutorStart {
    private static final Logger LOG = Logger.getLogger(ExecutorStart.class);

    private final ExecutorSettings settings;
    private final AgentSettings agents;
    private final URI contextUrl;
    private final RestAccess access;
    private final ClusterSettings cluster;
    private final MeterRegistry meters;
    private final AtomicBoolean working = new AtomicBoolean();
    private @Nullable Executor executor;
    private @Nullable ContextClient contexts;

    @Inject
    ExecutorStart(
            ExecutorSettings settings,
            AgentSettings agents,
            @ConfigProperty(name = ClusterSettings.CONTEXT_URL) URI contextUrl,
            RestAccess access,
            ClusterSettings cluster,
            MeterRegistry meters) {
        this.settings = settings;
        this.agents = agents;
        this.contextUrl = contextUrl;
        this.access = access;
        this.cluster = cluster;
        this.meters = meters;
    }

    /**
     * Ready once the journal is read and attempts are taken, unless no agent can run here. If only part of the settings
     * cannot work, it is ready and reports what is missing.
     */
    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            var response = HealthCheckResponse.named("executor");
            var working = executor;
            if (working != null) {
                if (!working.agents().isEmpty()) response.withData("agents", String.join(", ", working.agents()));
                // Otherwise readiness would never be reached.
                else response.withData("retry", false);
                if (!working.lacks().isEmpty()) response.withData("lacks", String.join(" ", working.lacks()));
            }
            notReady().ifPresentOrElse(why -> response.down().withData("why", why), response::up);
            return response.build();
        };
    }

    /** Why no work is taken; empty if it is. */
    private Optional<String> notReady() {
        if (!settings.enabled()) return Optional.empty();
        if (executor == null || contexts == null) return Optional.of("starting");
        return executor.notReady().or(contexts::refusal);
    }

    void start(@Observes StartupEvent event) {
        if (!settings.enabled()) {
            LOG.info("No work is taken here: taskweaver.executor.enabled is false.");
            return;
        }
        var clock = InstantSource.system();
        var configured = ConfiguredAgents.of(agents, settings, System.getenv());
        configured.none().ifPresent(why -> LOG.errorf("No agent can run here: %s", why));
        configured.lacks().forEach(lack -> LOG.warnf("A requirement is missing on this machine: %s", lack));
        var pool = new AgentPool(configured.agents(), settings.haltTime(), clock);
        var client = new ContextClient(contextUrl, access, settings.contextTimeout(), Thread::sleep, clock);
        var starting = new Executor(
                settings.id().orElseGet(ExecutorStart::randomId),
                settings,
                cluster,
                configured,
                pool,
                client,
                new ExecutorMetrics(meters, name -> pool.find(name).isPresent()),
                clock);
        contexts = client;
        executor = starting;
    }

    /**
     * Takes work once this process has its port. If the context service is part of this process, another program could
     * have taken the port before and would receive the token.
     */
    void listening(@ObservesAsync HttpServerStart event) {
        work();
    }

    /** The same for TLS only. */
    void listening(@ObservesAsync HttpsServerStart event) {
        work();
    }

    private void work() {
        if (executor != null && !working.getAndSet(true)) executor.start();
    }

    void stop(@Observes ShutdownEvent event) {
        if (executor != null) executor.close();
        if (contexts != null) contexts.close();
    }

    private static String randomId() {
        var random = UUID.randomUUID().toString().substring(0, 8);
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + random;
        } catch (UnknownHostException e) {
            return "executor-" + random;
        }
    }
}
