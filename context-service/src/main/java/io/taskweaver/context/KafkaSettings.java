package io.taskweaver.context;

import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.connection.ClusterSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Connection to Kafka and the registry, from the service's settings. */
@Singleton
final class KafkaSettings {
    private final Config config;
    private final ClusterSettings cluster;

    @Inject
    KafkaSettings(Config config) {
        this.config = config;
        this.cluster = ClusterSettings.ofService(
                config.getPropertyNames(), name -> config.getOptionalValue(name, String.class));
    }

    ClusterSettings cluster() {
        return cluster;
    }

    /** Prefix of topic and group names, may be empty. */
    String prefix() {
        return cluster.topicPrefix();
    }

    /** Settings of serializers and deserializers. */
    Map<String, String> serdes() {
        return cluster.serdes();
    }

    /**
     * Tickets required of results.
     *
     * @throws IllegalStateException if there is no usable key; the message has the remedy
     */
    Tickets tickets() {
        return Tickets.configured(
                name -> config.getOptionalValue(name, String.class).filter(value -> !value.isBlank()));
    }
}
