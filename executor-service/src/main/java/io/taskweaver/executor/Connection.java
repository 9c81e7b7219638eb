package io.taskweaver.executor;

import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import java.util.Map;

/** How to reach the topics: settings of each client, under a name that shows in its metrics and logs. */
record Connection(ClusterSettings cluster) {
    Map<String, Object> consumer(String name) {
        return named(cluster.consumer(), name);
    }

    Map<String, Object> producer(String name) {
        return named(cluster.uncompressedProducer(), name);
    }

    Map<String, Object> admin(String name) {
        var settings = named(cluster.admin(), name);
        // By default it would turn and log without a pause for as long as no broker answers.
        settings.putIfAbsent("metadata.recovery.strategy", "none");
        return settings;
    }

    private static Map<String, Object> named(Map<String, Object> settings, String name) {
        settings.put("client.id", name);
        return settings;
    }

    /** Settings of the serializers, see {@link io.taskweaver.wire.EventSerdes}. */
    Map<String, String> events() {
        return cluster.serdes();
    }

    /** Prefix of topic and group names. */
    String topicPrefix() {
        return cluster.topicPrefix();
    }

    /** @param what tries again */
    Retries retries(Class<?> owner, String what) {
        return new Retries(owner, what, cluster);
    }
}
