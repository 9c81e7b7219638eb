package io.taskweaver.topics.admin;

import io.taskweaver.topics.Topics;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/**
 * The one step that prepares a Kafka and a registry: topics with their settings, schemas with their compatibility, and the
 * executors' share group. It may be repeated: it creates what is missing, adjusts what differs, and never deletes.
 */
public final class TopicAdmin {
    /** Share group of the executors, without the configured prefix. */
    public static final String EXECUTORS = "executors";

    private static final int REQUESTS_AT_ONCE = 4;

    private TopicAdmin() {}

    /**
     * Prepares broker and registry.
     *
     * @param bootstrap address of the broker, {@code host:port[,host:port]}
     * @param registryUrl base URL of Apicurio's API ({@code .../apis/registry/v3}) or of Confluent's
     * @param prefix prefix of topic and group names, may be empty
     * @param partitions partitions of each topic that is created, but one of task-ready; an existing topic keeps its number
     * @param replication copies of each record of a topic that is created
     * @return what was done or found, topics first
     * @throws AdminException saying what is wrong and what to do
     */
    public static List<Change> apply(
            String bootstrap, String registryUrl, String prefix, int partitions, int replication) {
        return apply(Map.of("bootstrap.servers", bootstrap), registryUrl, prefix, partitions, replication, false);
    }

    /**
     * As above, for a broker that needs more settings than its address.
     *
     * @param kafka settings of Kafka's admin client, with {@code bootstrap.servers}
     * @param classicQueue whether executors take orders by a classic group: then task-ready has as many partitions as the
     *     other topics, and there is no share group
     */
    public static List<Change> apply(
            Map<String, String> kafka,
            String registryUrl,
            String prefix,
            int partitions,
            int replication,
            boolean classicQueue) {
        if (partitions < 1) throw new IllegalArgumentException("partitions must be positive");
        if (replication < 1) throw new IllegalArgumentException("replication must be positive");
        // Over HTTP/2, where requests share connections, Apicurio's registry lets one of them wait now and then.
        try (var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var tasks = Executors.newFixedThreadPool(
                        REQUESTS_AT_ONCE, Thread.ofVirtual().factory())) {
            var subjects = new SchemaSubjects(http, registryUrl);
            var schemas = Topics.all().stream()
                    .map(topic -> tasks.submit(() -> subjects.apply(topic, prefix)))
                    .toList();
            var changes = new ArrayList<Change>(topics(kafka, prefix, partitions, replication, classicQueue));
            for (var schema : schemas) changes.add(await(schema));
            return List.copyOf(changes);
        }
    }

    private static List<Change> topics(
            Map<String, String> kafka, String prefix, int partitions, int replication, boolean classicQueue) {
        var settings = new HashMap<String, Object>(kafka);
        settings.putIfAbsent("request.timeout.ms", "10000");
        settings.putIfAbsent("default.api.timeout.ms", "20000");
        var bootstrap = String.valueOf(kafka.get("bootstrap.servers"));
        try (var admin = Admin.create(settings)) {
            var topics = new KafkaTopics(admin, bootstrap, prefix, partitions, replication, classicQueue);
            var changes = new ArrayList<Change>(topics.applyTopics());
            if (!classicQueue) changes.add(topics.applyGroup(prefix + EXECUTORS, executors()));
            return changes;
        } catch (ConfigException e) {
            throw new AdminException.BrokerUnreachable(bootstrap, e);
        } catch (KafkaException e) {
            throw e.getCause() instanceof ConfigException
                    ? new AdminException.BrokerUnreachable(bootstrap, e)
                    : new AdminException.BrokerRefused("The connection", e);
        }
    }

    /** A task waits for whoever comes, from the first; a dead executor's records are free again after 15 s. */
    private static Map<String, String> executors() {
        return Map.of(
                "share.auto.offset.reset", "earliest",
                "share.record.lock.duration.ms", "15000",
                "share.delivery.count.limit", "10");
    }

    private static Change await(Future<Change> change) {
        try {
            return change.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AdminException known) throw known;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while schemas were registered", e);
        }
    }
}
