package io.taskweaver.planner;

import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.FreshTopics;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the topics without a registry. */
final class TestTopics {
    static final int PARTITIONS = 4;

    private TestTopics() {}

    static void create(Map<String, String> broker) {
        create(broker, Map.of());
    }

    /** @param largest the largest message of some topics, bytes */
    static void create(Map<String, String> broker, Map<Topic<?>, Integer> largest) {
        FreshTopics.create(
                broker,
                Topics.all().stream()
                        .map(topic -> new NewTopic(topic.name(), PARTITIONS, (short) 1)
                                .configs(
                                        largest.containsKey(topic)
                                                ? Map.of("max.message.bytes", String.valueOf(largest.get(topic)))
                                                : Map.of()))
                        .toList());
    }
}
