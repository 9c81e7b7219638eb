package io.taskweaver.standalone;

import io.taskweaver.agents.simulated.SimulatedCodegenServer;
import java.net.URI;

/** Tells the services, as system properties, where everything is. */
final class ServiceSettings {
    static final String BOOTSTRAP = "kafka.bootstrap.servers";
    static final String REGISTRY = "taskweaver.registry.url";
    static final String CCOMPAT = "taskweaver.registry.confluent-url";
    static final String HTTP_PORT = "quarkus.http.port";
    static final String SIMULATOR = "taskweaver.agent.simulated.url";

    private static final String INSTANCE = "standalone";

    private ServiceSettings() {}

    static void publish(Settings settings, Infrastructure infrastructure, int httpPort) {
        var state = settings.dataFolder().resolve("state");
        System.setProperty("taskweaver.data-dir", settings.dataFolder().toString());
        System.setProperty(BOOTSTRAP, infrastructure.broker().bootstrapServers());
        System.setProperty(REGISTRY, infrastructure.registry().url());
        System.setProperty(CCOMPAT, infrastructure.registry().confluentUrl());
        System.setProperty(HTTP_PORT, Integer.toString(httpPort));
        System.setProperty("taskweaver.context.url", "http://127.0.0.1:" + httpPort);
        System.setProperty("taskweaver.topic-prefix", settings.topicPrefix());
        // A name that stays lets a restarted service take up its partitions at once, not when its old self times out.
        System.setProperty("taskweaver.planner.instance-id", INSTANCE);
        System.setProperty(
                "taskweaver.planner.state-dir", state.resolve("planner").toString());
        System.setProperty("taskweaver.context-service.instance-id", INSTANCE);
        System.setProperty(
                "taskweaver.context-service.state-dir", state.resolve("context").toString());
        System.setProperty("taskweaver.context-service.advertised-address", "127.0.0.1:" + httpPort);
        infrastructure
                .simulator()
                .map(SimulatedCodegenServer::baseUrl)
                .map(URI::toString)
                .ifPresent(url -> System.setProperty(SIMULATOR, url));
    }
}
