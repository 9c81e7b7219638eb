package io.taskweaver.wire.admin;

import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A topic's settings in Kafka's words. */
final class TopicSettings {
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(1);

    private TopicSettings() {}

    /**
     * All settings that are ours to decide; every other one stays the broker's default.
     *
     * @param replication copies of each record
     */
    static Map<String, String> of(Topic<?> topic, int replication) {
        var all = new TreeMap<String, String>();
        all.put("cleanup.policy", topic.cleanup().policy());
        all.put("max.message.bytes", Integer.toString(topic.maxMessageBytes()));
        // Writers compress; a broker that did it again would only cost time.
        all.put("compression.type", "producer");
        all.put("min.insync.replicas", Integer.toString(replication > 2 ? 2 : 1));
        // Old records go, and repeated keys are compacted, only in closed segments.
        all.put("segment.ms", Long.toString(segment(topic).toMillis()));
        switch (topic.cleanup()) {
            case DELETE ->
                all.put("retention.ms", Long.toString(topic.retention().toMillis()));
            case COMPACT -> all.put("retention.ms", "-1");
            case COMPACT_DELETE ->
                all.put("retention.ms", Long.toString(topic.retention().toMillis()));
        }
        return all;
    }

    /**
     * How many partitions a topic gets.
     *
     * @param each of a topic whose records are ordered by plan
     * @param classicQueue whether orders are taken by a classic group, which gives each partition to one executor
     */
    static int partitions(Topic<?> topic, int each, boolean classicQueue) {
        // A queue of orders: the broker gives a partition to some executors only, so with several of them an order
        // could
        // wait for a busy executor while another is free.
        return topic.equals(Topics.TASK_READY) && !classicQueue ? 1 : each;
    }

    private static Duration segment(Topic<?> topic) {
        var quarter = topic.retention().dividedBy(4);
        return quarter.compareTo(LONGEST_SEGMENT) < 0 ? quarter : LONGEST_SEGMENT;
    }
}
