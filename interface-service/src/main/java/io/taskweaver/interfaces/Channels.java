package io.taskweaver.interfaces;

import io.smallrye.common.annotation.Identifier;
import io.taskweaver.wire.connection.ClusterSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Settings of the channels' clients: messaging looks for them by the channel's name. */
@ApplicationScoped
class Channels {
    private final ClusterSettings cluster;

    Channels(ClusterSettings cluster) {
        this.cluster = cluster;
    }

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
}
