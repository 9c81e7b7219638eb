package io.taskweaver.client;

import io.taskweaver.topics.EventSerdes;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a running system is.
 *
 * @param bootstrap brokers, {@code host:port}, comma separated
 * @param registryUrl base URL of the schema registry, e.g. {@code http://localhost:8081/apis/registry/v3}
 * @param contextUrl base URL of the context service, e.g. {@code http://localhost:8104}
 * @param topicPrefix prefix of topic names, may be empty
 * @param settings further settings of Kafka clients and serializers, e.g. security
 */
public record Connection(
        String bootstrap, String registryUrl, String contextUrl, String topicPrefix, Map<String, String> settings) {
    public Connection {
        settings = Map.copyOf(settings);
        contextUrl = contextUrl.replaceAll("/+$", "");
    }

    /** Settings for Kafka clients and serializers. */
    Map<String, Object> kafka() {
        var all = new HashMap<String, Object>();
        all.put("bootstrap.servers", bootstrap);
        all.put(EventSerdes.REGISTRY_URL, registryUrl);
        all.putAll(settings);
        return all;
    }
}
