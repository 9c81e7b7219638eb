package io.taskweaver.planner;

import io.taskweaver.topics.Topic;
import io.taskweaver.topics.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
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
        try (var admin = Admin.create(new HashMap<String, Object>(broker))) {
            admin.createTopics(Topics.all().stream()
                            .map(topic -> new NewTopic(topic.name(), PARTITIONS, (short) 1)
                                    .configs(
                                            largest.containsKey(topic)
                                                    ? Map.of("max.message.bytes", String.valueOf(largest.get(topic)))
                                                    : Map.of()))
                            .toList())
                    .all()
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
