package io.taskweaver.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.utils.Utils;

/**
 * Puts all records of a plan on the same partition number of every topic, whatever follows the plan's id in the key.
 * For a key that is only the plan's id the result is the same as that of Kafka's default partitioner, so producers in
 * other languages need no custom partitioner for topics keyed by plan.
 */
public final class PlanPartitioner implements Partitioner {

    @Override
    public int partition(String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
        return partition(new String(keyBytes, StandardCharsets.UTF_8), cluster.partitionCountForTopic(topic));
    }

    /**
     * Partition of a key.
     *
     * @param partitions of the topic
     */
    public static int partition(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(EventKeys.planOf(key).getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
