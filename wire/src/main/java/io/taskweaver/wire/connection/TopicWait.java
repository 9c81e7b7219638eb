package io.taskweaver.wire.connection;

import io.taskweaver.wire.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Waits for the broker and for topics, which may not exist yet: checks with growing pauses, and logs once what is
 * missing and the remedy.
 */
public final class TopicWait {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int NAMED = 3;

    private final ClusterSettings cluster;
    private final List<String> topics;
    private final Retries retries;

    /** @param retries of the waiting component */
    public TopicWait(ClusterSettings cluster, Collection<Topic<?>> topics, Retries retries) {
        this.cluster = cluster;
        this.topics = topics.stream()
                .map(topic -> topic.name(cluster.topicPrefix()))
                .sorted()
                .toList();
        this.retries = retries;
    }

    /**
     * Returns when all topics exist.
     *
     * @return number of partitions by topic name with prefix
     */
    public Map<String, Integer> await() throws InterruptedException {
        while (true) {
            try (var admin = Admin.create(settings())) {
                while (true) {
                    var found = partitions(admin);
                    if (found.size() == topics.size()) {
                        retries.over();
                        return found;
                    }
                    retries.waitFor(missing(found.keySet()));
                    retries.pause();
                }
            } catch (ExecutionException e) {
                retries.failed(e.getCause() == null ? e : e.getCause());
            } catch (KafkaException e) {
                retries.failed(e);
            }
            retries.pause();
        }
    }

    private Map<String, Object> settings() {
        return cluster.admin(
                "taskweaver-topics",
                Map.of(
                        CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG,
                        TIMEOUT_MILLIS / 2,
                        CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        TIMEOUT_MILLIS));
    }

    private Map<String, Integer> partitions(Admin admin) throws InterruptedException, ExecutionException {
        var found = new TreeMap<String, Integer>();
        for (var described : admin.describeTopics(topics).topicNameValues().entrySet())
            try {
                found.put(
                        described.getKey(),
                        described.getValue().get().partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) throw e;
            }
        return found;
    }

    private String missing(Collection<String> found) {
        var missing = new ArrayList<>(topics);
        missing.removeAll(found);
        var named = String.join(", ", missing.subList(0, Math.min(NAMED, missing.size())));
        return "topics are missing on " + cluster.bootstrap() + ": " + named
                + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more" : "")
                + ". Create them with: taskweaver topics apply (or check taskweaver.topic-prefix)";
    }
}
