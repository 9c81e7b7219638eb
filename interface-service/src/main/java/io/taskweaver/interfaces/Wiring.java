package io.taskweaver.interfaces;

import io.smallrye.common.annotation.Identifier;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.connection.ClusterSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.eclipse.microprofile.config.Config;

/** Creates the service from its settings. */
@ApplicationScoped
class Wiring {
    private final ClusterSettings cluster;

    Wiring(Config config) {
        this.cluster = ClusterSettings.ofService(
                config.getPropertyNames(), name -> config.getOptionalValue(name, String.class));
    }

    /** Connection to broker and registry. */
    @Produces
    @Singleton
    @Identifier("interface")
    ClusterSettings cluster() {
        return cluster;
    }

    @Produces
    @Singleton
    @Identifier("interface")
    EventReader reader() {
        return new EventReader(cluster.serdes());
    }

    @Produces
    @Singleton
    @Identifier("interface")
    EventWriter writer() {
        return new EventWriter(cluster.topicPrefix(), cluster.serdes());
    }

    /** Settings of the channel's client, found by messaging under the channel's name. */
    @Produces
    @Singleton
    @Identifier("interface-specifications")
    Map<String, Object> specifications() {
        return texts(cluster.consumer(
                "interface-specifications",
                // A crashed instance is replaced within this time.
                Map.of(
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6000,
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1500),
                Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")));
    }

    @Produces
    @Singleton
    @Identifier("interface-contracts")
    Map<String, Object> contracts() {
        return texts(cluster.producer("interface-contracts"));
    }

    @Produces
    @Singleton
    @Identifier("interface-dead-letters")
    Map<String, Object> refused() {
        return texts(cluster.producer("interface-dead-letters"));
    }

    /** In the form of SmallRye Messaging. */
    private static Map<String, Object> texts(Map<String, Object> settings) {
        settings.replaceAll((name, value) -> value.toString());
        return settings;
    }

    @Produces
    @Singleton
    @Identifier("interface")
    DeadLetters deadLetters() {
        return new DeadLetters("interface", cluster.topicPrefix(), cluster.serdes());
    }

    @Produces
    @Singleton
    @Identifier("interface")
    Clock clock() {
        return Clock.systemUTC();
    }
}
