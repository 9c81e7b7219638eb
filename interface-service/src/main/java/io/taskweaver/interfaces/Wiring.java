package io.taskweaver.interfaces;

import io.smallrye.common.annotation.Identifier;
import io.taskweaver.topics.DeadLetters;
import io.taskweaver.topics.Topics;
import io.taskweaver.topics.connection.ClusterSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the service together from its settings. */
@ApplicationScoped
class Wiring {
    private final String prefix;
    private final Map<String, Object> events = new HashMap<>();
    private final Map<String, Object> kafka;

    Wiring(
            @ConfigProperty(name = "taskweaver.topic-prefix") Optional<String> prefix,
            Config config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.prefix = prefix.orElse("");
        this.kafka = kafka;
        this.events.putAll(ClusterSettings.ofService(
                        config.getPropertyNames(), name -> config.getOptionalValue(name, String.class))
                .serdes());
    }

    @Produces
    @Singleton
    Translation translation(InterfaceSettings settings) {
        return new Translation(prefix, events, SpecificationRules.of(settings));
    }

    @Produces
    @Singleton
    PublishedContracts publishedContracts() {
        return new PublishedContracts(Topics.CONTRACT_PUBLISHED.name(prefix), kafka);
    }

    @Produces
    @Singleton
    @Identifier("interface")
    DeadLetters deadLetters() {
        return new DeadLetters("interface", prefix, events);
    }

    @Produces
    @Singleton
    @Identifier("interface")
    Clock clock() {
        return Clock.systemUTC();
    }
}
