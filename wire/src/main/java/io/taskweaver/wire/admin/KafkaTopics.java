package io.taskweaver.wire.admin;

import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.ConnectionProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Topics and group settings on a broker. Creates and adjusts, never deletes. */
record KafkaTopics(Admin admin, ClusterSettings cluster, int partitions, int replication, boolean classicQueue) {
    private static final Duration VISIBLE_LIMIT = Duration.ofSeconds(20);
    private static final Duration VISIBLE_PAUSE = Duration.ofMillis(20);

    List<AdminChange> applyTopics() {
        var existing = existing();
        var missing = Topics.all().stream()
                .filter(topic -> !existing.containsKey(nameOf(topic)))
                .toList();
        var changes = new ArrayList<AdminChange>(create(missing, partitionsOf(existing)));
        changes.addAll(adjust(existing));
        if (!missing.isEmpty()) {
            awaitUntil(() -> existing().size() == Topics.all().size());
            awaitLeaders(missing);
        }
        return changes;
    }

    private void awaitLeaders(List<Topic<?>> topics) {
        var found = existing();
        var partitions = topics.stream()
                .map(topic -> found.get(nameOf(topic)))
                .filter(Objects::nonNull) // missing ones were deleted meanwhile
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        var leaders = new Leaders(admin, partitions);
        awaitUntil(() -> await(leaders.answer(), "Leaders of the new topics"));
    }

    /**
     * Settings of a share group; a broker without share groups refuses them. For a setting that the broker does not
     * know, its default applies, and the change says so.
     */
    AdminChange applyGroup(String group, Map<String, String> all) {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        var found = configOf(resource);
        var known = found.entries().stream().map(ConfigEntry::name).collect(Collectors.toSet());
        var wanted = new LinkedHashMap<>(all);
        var unknown = new LinkedHashMap<>(all);
        // If it knows none of them, it has no group settings: its refusal is more informative.
        if (!known.isEmpty()) wanted.keySet().retainAll(known);
        unknown.keySet().removeAll(wanted.keySet());
        var left = unknown.isEmpty()
                ? ""
                : "not known to this broker, whose own group.* settings apply: " + words(unknown);
        var differing = differing(wanted, valuesOf(found));
        if (differing.isEmpty()) return new AdminChange(AdminChange.Kind.GROUP_UNCHANGED, group, left);
        await(admin.incrementalAlterConfigs(Map.of(resource, set(differing))).all(), "Group " + group);
        awaitUntil(() -> differing(wanted, valuesOf(configOf(resource))).isEmpty());
        return new AdminChange(
                AdminChange.Kind.GROUP_ADJUSTED, group, words(differing) + (left.isEmpty() ? "" : "; " + left));
    }

    private Config configOf(ConfigResource resource) {
        var found = await(admin.describeConfigs(List.of(resource)).all(), "Group " + resource.name());
        return found.getOrDefault(resource, new Config(List.of()));
    }

    /** A broker learns of confirmed changes a little later; programs started after this step should find them. */
    private void awaitUntil(BooleanSupplier seen) {
        long deadline = System.nanoTime() + VISIBLE_LIMIT.toNanos();
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new AdminException.BrokerUnreachable(
                        new ConnectionProblem(
                                "The Kafka broker at " + cluster.bootstrap() + " does not show the created topics.",
                                "See its log, and repeat the command."),
                        null);
            LockSupport.parkNanos(VISIBLE_PAUSE.toNanos());
        }
    }

    private String nameOf(Topic<?> topic) {
        return topic.name(cluster.topicPrefix());
    }

    private Map<String, TopicDescription> existing() {
        var names = Topics.all().stream().map(this::nameOf).toList();
        var found = new HashMap<String, TopicDescription>();
        admin.describeTopics(names).topicNameValues().forEach((name, description) -> {
            try {
                found.put(name, description.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) throw explained(e, "Topic " + name);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        return found;
    }

    /** A plan has the same partition number in all topics: new topics get as many partitions as existing ones. */
    private int partitionsOf(Map<String, TopicDescription> existing) {
        return existing.values().stream()
                .filter(topic -> !topic.name().equals(nameOf(Topics.TASK_READY)))
                .mapToInt(topic -> topic.partitions().size())
                .max()
                .orElse(partitions);
    }

    private List<AdminChange> create(List<Topic<?>> missing, int each) {
        var wanted = missing.stream()
                .map(topic -> new NewTopic(
                                nameOf(topic), TopicSettings.partitions(topic, each, classicQueue), (short) replication)
                        .configs(TopicSettings.of(topic, replication)))
                .toList();
        var changes = new ArrayList<AdminChange>();
        admin.createTopics(wanted).values().forEach((name, created) -> {
            try {
                created.get();
                changes.add(new AdminChange(AdminChange.Kind.TOPIC_CREATED, name, ""));
            } catch (ExecutionException e) {
                // Another process prepares the same broker at the same time.
                if (!(e.getCause() instanceof TopicExistsException)) throw explained(e, "Topic " + name);
                changes.add(new AdminChange(AdminChange.Kind.TOPIC_UNCHANGED, name, ""));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        return changes;
    }

    private List<AdminChange> adjust(Map<String, TopicDescription> existing) {
        var topics = Topics.all().stream()
                .filter(topic -> existing.containsKey(nameOf(topic)))
                .collect(Collectors.toMap(
                        topic -> new ConfigResource(ConfigResource.Type.TOPIC, nameOf(topic)),
                        topic -> topic,
                        (a, b) -> a,
                        LinkedHashMap<ConfigResource, Topic<?>>::new));
        if (topics.isEmpty()) return List.of();
        var configs = await(admin.describeConfigs(topics.keySet()).all(), "Settings of the topics");
        var changes = new ArrayList<AdminChange>();
        topics.forEach((resource, topic) -> {
            var name = resource.name();
            var differing = differing(TopicSettings.of(topic, replication), valuesOf(configs.get(resource)));
            if (!differing.isEmpty()) {
                await(
                        admin.incrementalAlterConfigs(Map.of(resource, set(differing)))
                                .all(),
                        "Topic " + name);
                changes.add(new AdminChange(AdminChange.Kind.TOPIC_ADJUSTED, name, words(differing)));
            }
            int found = existing.getOrDefault(name, new TopicDescription(name, false, List.of()))
                    .partitions()
                    .size();
            int wanted = TopicSettings.partitions(topic, partitions, classicQueue);
            // More partitions would move a plan's later records to another partition.
            if (found != wanted)
                changes.add(new AdminChange(
                        AdminChange.Kind.TOPIC_DIFFERS, name, found + " partitions instead of " + wanted));
            else if (differing.isEmpty()) changes.add(new AdminChange(AdminChange.Kind.TOPIC_UNCHANGED, name, ""));
        });
        return changes;
    }

    private static Map<String, String> valuesOf(@Nullable Config config) {
        if (config == null) return Map.of();
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private static Map<String, String> differing(Map<String, String> wanted, Map<String, String> found) {
        var differing = new LinkedHashMap<String, String>();
        wanted.forEach((name, value) -> {
            if (!value.equals(found.get(name))) differing.put(name, value);
        });
        return differing;
    }

    private static List<AlterConfigOp> set(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value ->
                        new AlterConfigOp(new ConfigEntry(value.getKey(), value.getValue()), AlterConfigOp.OpType.SET))
                .toList();
    }

    private static String words(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private <T> T await(Future<T> future, String what) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw explained(e, what);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private AdminException explained(ExecutionException e, String what) {
        var cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof TimeoutException)
            return new AdminException.BrokerUnreachable(BrokerDiagnosis.explain(cause, cluster), cause);
        return BrokerDiagnosis.known(cause, cluster)
                .<AdminException>map(problem -> new AdminException.BrokerUnreachable(problem, cause))
                .orElseGet(() -> new AdminException.BrokerRefused(what, cause));
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while topics were prepared", e);
    }
}
