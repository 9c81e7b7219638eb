package io.taskweaver.wire.admin;

import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.RegistryLogin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Prepares a Kafka cluster and a registry: topics with their settings, schemas with their compatibility, and the
 * executors' share group. Idempotent: creates what is missing, adjusts what differs, and never deletes.
 */
public final class TopicAdmin {
    /** Share group of the executors, without the configured prefix. */
    public static final String EXECUTORS = "executors";

    private static final int REQUESTS_AT_ONCE = 4;

    private TopicAdmin() {}

    /**
     * Prepares broker and registry.
     *
     * @param cluster addresses, logins, and the prefix of topic and group names
     * @param partitions partitions of each new topic except task-ready, which has one; existing topics keep their
     *     number, and new topics beside them get the same
     * @param replication replication factor of new topics
     * @param classicQueue whether executors use a classic group: then task-ready has as many partitions as the other
     *     topics, and there is no share group
     * @return changes and checks, topics first
     * @throws AdminException with cause and remedy
     */
    public static List<AdminChange> apply(
            ClusterSettings cluster, int partitions, int replication, boolean classicQueue) {
        if (partitions < 1) throw new IllegalArgumentException("partitions must be positive");
        if (replication < 1) throw new IllegalArgumentException("replication must be positive");
        var prefix = cluster.topicPrefix();
        try (var http = RegistryLogin.of(cluster).client();
                var tasks = Executors.newFixedThreadPool(
                        REQUESTS_AT_ONCE, Thread.ofVirtual().factory())) {
            var subjects = new SchemaSubjects(http, cluster);
            var schemas = Topics.all().stream()
                    .map(topic -> tasks.submit(() -> subjects.apply(topic, prefix)))
                    .toList();
            var changes = new ArrayList<AdminChange>(topics(cluster, partitions, replication, classicQueue));
            for (var schema : schemas) changes.add(await(schema));
            return List.copyOf(changes);
        }
    }

    private static List<AdminChange> topics(
            ClusterSettings cluster, int partitions, int replication, boolean classicQueue) {
        var prefix = cluster.topicPrefix();
        var timeouts = Map.of("request.timeout.ms", "10000", "default.api.timeout.ms", "20000");
        try (var admin = Admin.create(cluster.admin("taskweaver-admin", timeouts))) {
            var topics = new KafkaTopics(admin, cluster, partitions, replication, classicQueue);
            var changes = new ArrayList<AdminChange>(topics.applyTopics());
            if (!classicQueue) changes.add(topics.applyGroup(prefix + EXECUTORS, executors()));
            return changes;
        } catch (KafkaException e) {
            throw new AdminException.BrokerUnreachable(BrokerDiagnosis.explain(e, cluster), e);
        }
    }

    /** Reading starts with the first record; a dead executor's records are released after 15 s. */
    private static Map<String, String> executors() {
        return Map.of(
                "share.auto.offset.reset", "earliest",
                "share.record.lock.duration.ms", "15000",
                "share.delivery.count.limit", "10");
    }

    private static AdminChange await(Future<AdminChange> change) {
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
