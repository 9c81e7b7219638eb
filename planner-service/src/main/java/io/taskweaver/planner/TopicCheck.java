package io.taskweaver.planner;

import io.taskweaver.topics.Topic;
import io.taskweaver.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** Whether the topics are there, cut as the planner needs them. */
final class TopicCheck {
    /** Topics that are read, or may be, plan by plan; the queue of orders is not: it has one partition of its own. */
    private static final List<Topic<?>> BY_PLAN = Topics.all().stream()
            .filter(topic -> topic.key() != Topic.Key.EXECUTOR && topic.key() != Topic.Key.SOURCE)
            .filter(topic -> !topic.equals(Topics.TASK_READY))
            .toList();

    private final Admin admin;
    private final String prefix;

    TopicCheck(Admin admin, String prefix) {
        this.admin = admin;
        this.prefix = prefix;
    }

    /**
     * How many partitions the topics have, or nothing while a topic is missing.
     *
     * @throws IllegalStateException if they have different numbers of partitions: a plan would have no one place
     */
    OptionalInt partitions() throws InterruptedException, ExecutionException, TimeoutException {
        var existing = admin.listTopics().names().get(30, TimeUnit.SECONDS);
        var wanted = new TreeSet<String>();
        for (var topic : BY_PLAN) wanted.add(topic.name(prefix));
        var all = new TreeSet<>(wanted);
        all.add(Topics.TASK_READY.name(prefix));
        all.add(Topics.EXECUTOR_HEARTBEAT.name(prefix));
        all.add(Topics.DEAD_LETTERS.name(prefix));
        if (!existing.containsAll(all)) return OptionalInt.empty();
        var counts = new TreeMap<Integer, String>();
        for (var described : admin.describeTopics(wanted)
                .allTopicNames()
                .get(30, TimeUnit.SECONDS)
                .entrySet())
            counts.putIfAbsent(described.getValue().partitions().size(), described.getKey());
        if (counts.size() > 1) throw new IllegalStateException(different(counts));
        return OptionalInt.of(counts.firstKey());
    }

    private static String different(Map<Integer, String> counts) {
        return "The topics have different numbers of partitions, e.g. " + counts
                + ". All topics that are keyed by plan need the same number: create them with `taskweaver topics apply`.";
    }
}
