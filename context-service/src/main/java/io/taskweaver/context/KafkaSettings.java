package io.taskweaver.context;

import io.taskweaver.topics.Tickets;
import io.taskweaver.topics.connection.ClusterSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.Config;

/** Settings that all services share: where Kafka and the registry are, how topics are called, how events are encoded. */
@Singleton
final class KafkaSettings {
    private final Config config;

    @Inject
    KafkaSettings(Config config) {
        this.config = config;
    }

    /** Prefix of topic and group names, may be empty. */
    String prefix() {
        return optional("taskweaver.topic-prefix").orElse("");
    }

    /** Settings of any client of the broker: its address and, where set as {@code kafka.<name>}, how to log in. */
    Map<String, Object> client() {
        var settings = new HashMap<String, Object>();
        settings.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                optional("kafka.bootstrap.servers").orElse("localhost:9092"));
        for (var name : AdminClientConfig.configNames())
            if (name.startsWith("security.") || name.startsWith("sasl.") || name.startsWith("ssl."))
                optional("kafka." + name).ifPresent(value -> settings.put(name, value));
        return settings;
    }

    /** Settings of serializers and deserializers. */
    Map<String, String> serdes() {
        return ClusterSettings.ofService(config.getPropertyNames(), name -> config.getOptionalValue(name, String.class))
                .serdes();
    }

    /**
     * Tickets that results have to carry.
     *
     * @throws IllegalStateException if there is no usable key, saying what to do
     */
    Tickets tickets() {
        return Tickets.configured(this::optional);
    }

    private Optional<String> optional(String name) {
        return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
    }
}
