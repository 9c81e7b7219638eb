package io.taskweaver.context;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.taskweaver.runtime.embedded.EmbeddedBroker;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.BrokerSettings;
import io.taskweaver.wire.testing.FreshTopics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** A broker with the topics, for tests of the running service. */
public final class KafkaForTests implements QuarkusTestResourceLifecycleManager {
    static final String PREFIX = "it-";
    static final int PARTITIONS = 3;

    private @Nullable EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "kafka-");
            broker = EmbeddedBroker.start(folder.resolve("broker"));
            createTopics(broker.clientSettings());
            var settings = new HashMap<>(SingleObjectSerializer.settings());
            settings.putAll(BrokerSettings.ofService(broker.clientSettings()));
            settings.put("taskweaver.topic-prefix", PREFIX);
            settings.put(
                    "taskweaver.context-service.state-dir",
                    folder.resolve("state").toString());
            settings.put(
                    "taskweaver.context-service.code-dir",
                    folder.resolve("code").toString());
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        Objects.requireNonNull(broker).close();
    }

    private static void createTopics(Map<String, String> broker) {
        FreshTopics.create(
                broker,
                Topics.all().stream()
                        .map(topic -> new NewTopic(topic.name(PREFIX), PARTITIONS, (short) 1)
                                .configs(Map.of("max.message.bytes", Integer.toString(topic.maxMessageBytes()))))
                        .toList());
    }
}
