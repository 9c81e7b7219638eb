package io.taskweaver.access;

import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.rest.RestAccess;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** What a service reaches Kafka, the registry and other services with, out of its configuration. */
@Singleton
final class OtherServers {
    private static final Logger LOG = Logger.getLogger(OtherServers.class);

    private final Config config;

    OtherServers(Config config) {
        this.config = config;
    }

    @Produces
    @Singleton
    ClusterSettings cluster() {
        return ClusterSettings.ofService(config.getPropertyNames(), this::value);
    }

    @Produces
    @Singleton
    RestAccess rest() {
        return RestAccess.of(this::value);
    }

    /** @throws IllegalStateException if there is no usable key, saying what to do */
    @Produces
    @Singleton
    Tickets tickets() {
        var tickets = Tickets.configured(this::value);
        if (!tickets.areChecked())
            LOG.warnf(
                    "%s is set and there is no ticket key: everybody who can write to a topic can complete any task,"
                            + " and have any result merged",
                    Tickets.INSECURE);
        return tickets;
    }

    private Optional<String> value(String name) {
        return config.getOptionalValue(name, String.class);
    }
}
