package io.taskweaver.client;

import io.taskweaver.wire.connection.ClusterSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where a running system is.
 *
 * @param bootstrap brokers, {@code host:port}, comma separated
 * @param registryUrl base URL of the schema registry, e.g. {@code http://localhost:8081/apis/registry/v3}
 * @param contextUrl base URL of the context service, e.g. {@code http://localhost:8104}
 * @param topicPrefix prefix of topic names, may be empty
 * @param settings further settings, by the names of {@link ClusterSettings}: of Kafka's clients, e.g. security, of the
 *     registry and of REST
 */
public record Connection(
        String bootstrap, String registryUrl, String contextUrl, String topicPrefix, Map<String, String> settings) {
    /** Where the context service is asked where none is named. */
    public static final String DEFAULT_CONTEXT = "http://localhost:8104";

    public Connection {
        settings = Map.copyOf(settings);
        contextUrl = contextUrl.replaceAll("/+$", "");
    }

    /** As settings say, e.g. those of a {@link ConnectionFile}. */
    public static Connection of(ClusterSettings cluster) {
        return new Connection(
                cluster.bootstrap(),
                cluster.registryUrl(),
                cluster.value(ClusterSettings.CONTEXT_URL).orElse(DEFAULT_CONTEXT),
                cluster.topicPrefix(),
                cluster.values());
    }

    /** All of it as settings. */
    public ClusterSettings cluster() {
        var places = new HashMap<String, String>();
        places.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        places.put(ClusterSettings.REGISTRY_URL, registryUrl);
        places.put(ClusterSettings.CONTEXT_URL, contextUrl);
        places.put(ClusterSettings.TOPIC_PREFIX, topicPrefix);
        return new ClusterSettings(places).over(new ClusterSettings(settings));
    }

    @Override
    public String toString() {
        return "Connection[" + bootstrap + ", " + registryUrl + "]"; // Settings may be secrets.
    }
}
