package io.taskweaver.executor;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach the topics.
 *
 * @param kafka settings of every client, {@code bootstrap.servers} among them
 * @param events settings of the serializers, see {@link io.taskweaver.topics.EventSerdes}
 * @param topicPrefix prefix of topic and group names
 */
record Connection(Map<String, Object> kafka, Map<String, String> events, String topicPrefix) {
    Connection {
        kafka = Map.copyOf(kafka);
        events = Map.copyOf(events);
    }

    /** Settings of a client, under a name that shows in its metrics and logs. */
    Map<String, Object> client(String name) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put("client.id", name);
        return settings;
    }

    /** Settings of an admin client. */
    Map<String, Object> admin(String name) {
        var settings = client(name);
        // By default it would turn and log without a pause for as long as no broker answers.
        settings.putIfAbsent("metadata.recovery.strategy", "none");
        return settings;
    }

    String bootstrapServers() {
        return String.valueOf(kafka.get("bootstrap.servers"));
    }
}
