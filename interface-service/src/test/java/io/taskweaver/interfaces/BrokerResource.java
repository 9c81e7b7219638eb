package io.taskweaver.interfaces;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.taskweaver.runtime.embedded.EmbeddedBroker;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.BrokerSettings;
import io.taskweaver.wire.testing.FreshTopics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** A broker with all topics of the system under a prefix, three partitions each, and serdes without a registry. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {
    static final String PREFIX = "test-";
    private static final int PARTITIONS = 3;

    private @Nullable EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            var started = EmbeddedBroker.start(Files.createTempDirectory("interface-service"));
            broker = started;
            createTopics(started.clientSettings());
            var settings = new HashMap<String, String>(SingleObjectSerializer.settings());
            settings.putAll(BrokerSettings.ofService(started.clientSettings()));
            settings.put("taskweaver.topic-prefix", PREFIX);
            settings.put("taskweaver.interfaces.retry-pause", "20ms");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (broker != null) broker.close();
    }

    private static void createTopics(Map<String, String> broker) {
        FreshTopics.create(
                broker,
                Topics.all().stream()
                        .map(topic -> new NewTopic(topic.name(PREFIX), PARTITIONS, (short) 1)
                                .configs(
                                        Map.of("cleanup.policy", topic.cleanup().policy())))
                        .toList());
    }
}
