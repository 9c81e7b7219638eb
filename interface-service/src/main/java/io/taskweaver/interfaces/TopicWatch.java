package io.taskweaver.interfaces;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.connection.TopicWait;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Not ready until the topics exist, with the reason: channels start immediately, and their clients only log repeated
 * errors.
 */
@Readiness
@ApplicationScoped
public class TopicWatch implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(TopicWatch.class);

    private final ClusterSettings cluster;
    private final Retries retries;
    private final Thread watching = Thread.ofVirtual().name("interface-start").unstarted(this::watch);
    private volatile boolean found;

    TopicWatch(ClusterSettings cluster) {
        this.cluster = cluster;
        this.retries = new Retries(TopicWatch.class, "interface", cluster);
    }

    void onStart(@Observes StartupEvent event) {
        watching.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        watching.interrupt();
    }

    private void watch() {
        try {
            new TopicWait(cluster, Rights.INTERFACE.topics(), retries).await();
            found = true;
        } catch (InterruptedException e) {
            LOG.debug("Stopped before the topics existed");
        }
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("interface-topics").status(found);
        retries.reason().ifPresent(why -> response.withData("why", why));
        return response.build();
    }
}
