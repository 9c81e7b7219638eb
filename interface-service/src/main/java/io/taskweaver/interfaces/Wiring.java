package io.taskweaver.interfaces;

import io.smallrye.common.annotation.Identifier;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.config.Config;

/** Puts the service together from its settings. */
@ApplicationScoped
class Wiring {
    private final ClusterSettings cluster;

    Wiring(Config config) {
        this.cluster = ClusterSettings.ofService(
                config.getPropertyNames(), name -> config.getOptionalValue(name, String.class));
    }

    /** How broker and registry are reached. */
    @Produces
    @Singleton
    @Identifier("interface")
    ClusterSettings cluster() {
        return cluster;
    }

    @Produces
    @Singleton
    Translation translation(InterfaceSettings settings) {
        return new Translation(cluster.topicPrefix(), cluster.serdes(), SpecificationRules.of(settings));
    }

    @Produces
    @Singleton
    PublishedContracts publishedContracts() {
        return new PublishedContracts(Topics.CONTRACT_PUBLISHED.name(cluster.topicPrefix()), cluster.consumer());
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
