package io.taskweaver.wire.admin;

import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A topic's settings, under Kafka's names. */
final class TopicSettings {
    private static final Duration LONGEST_SEGMENT = Duration.ofDays(1);

    private TopicSettings() {}

    /**
     * All settings that we set; others stay at the broker's default.
     *
     * @param replication replication factor
     */
    static Map<String, String> of(Topic<?> topic, int replication) {
        var all = new TreeMap<String, String>();
        all.put("cleanup.policy", topic.cleanup().policy());
        all.put("max.message.bytes", Integer.toString(topic.maxMessageBytes()));
        // Writers compress; recompression by the broker would only cost time.
        all.put("compression.type", "producer");
        all.put("min.insync.replicas", Integer.toString(replication > 2 ? 2 : 1));
        // Retention and compaction apply only to closed segments.
        all.put("segment.ms", Long.toString(segment(topic).toMillis()));
        switch (topic.cleanup()) {
            case COMPACT -> all.put("retention.ms", "-1");
            case DELETE, COMPACT_DELETE ->
                all.put("retention.ms", Long.toString(topic.retention().toMillis()));
        }
        return all;
    }

    /**
     * Number of partitions of a topic.
     *
     * @param each for a topic ordered by plan
     * @param classicQueue whether executors use a classic group, which assigns each partition to one executor
     */
    static int partitions(Topic<?> topic, int each, boolean classicQueue) {
        // A queue: the broker assigns a partition to only some executors, so with several partitions an attempt could
        // wait for a busy executor while another is free.
        return topic.equals(Topics.TASK_READY) && !classicQueue ? 1 : each;
    }

    private static Duration segment(Topic<?> topic) {
        var quarter = topic.retention().dividedBy(4);
        return quarter.compareTo(LONGEST_SEGMENT) < 0 ? quarter : LONGEST_SEGMENT;
    }
}
