package io.taskweaver.containers;

import java.util.Optional;
import org.testcontainers.utility.DockerImageName;

/** The images that tests run, by settings: system properties or variables of the environment. */
final class Images {
    private static final String VERSION = "0.1.0";

    private Images() {}

    /** One of ours. */
    static DockerImageName of(String part) {
        return DockerImageName.parse("taskweaver/" + part + ":" + VERSION);
    }

    static DockerImageName kafka() {
        return kafka(setting("BROKER_IMAGE").orElse("apache/kafka:" + System.getProperty("taskweaver.kafka.version")));
    }

    /** The version that an upgrade begins with: the oldest that is supported. */
    static DockerImageName kafkaBefore() {
        return kafka(setting("BROKER_IMAGE_BEFORE").orElse("apache/kafka:4.2.0"));
    }

    static DockerImageName registry() {
        return DockerImageName.parse(setting("REGISTRY_IMAGE")
                .orElse("apicurio/apicurio-registry:" + System.getProperty("taskweaver.registry.version")));
    }

    static DockerImageName registryBefore() {
        return setting("REGISTRY_IMAGE_BEFORE").map(DockerImageName::parse).orElseGet(Images::registry);
    }

    private static DockerImageName kafka(String name) {
        return DockerImageName.parse(name).asCompatibleSubstituteFor("apache/kafka");
    }

    private static Optional<String> setting(String name) {
        return Optional.ofNullable(System.getProperty(name, System.getenv(name)))
                .filter(value -> !value.isBlank());
    }
}
