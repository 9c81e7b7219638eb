package io.taskweaver.wire.streams;

import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.connection.ClusterSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * One of the processes that run a topology, whatever that does.
 *
 * @param id a name that is this instance's alone and stays: after a restart it takes up its partitions at once
 * @param stateDir folder of the local state, which the broker keeps a copy of
 * @param threads that work on partitions
 * @param commitInterval how often the position in the topics is kept
 * @param closeTimeout how long an orderly stop may take
 * @param memoryBytes of the local state of all partitions, off heap
 */
public record StreamsInstance(
        Optional<String> id,
        String stateDir,
        int threads,
        Duration commitInterval,
        Duration closeTimeout,
        long memoryBytes) {
    /**
     * Settings of Kafka Streams: at least once, and quick to hand on.
     *
     * @param group of the service, without the prefix of names
     * @param letters destination of events that are too large for a message
     * @param defaults further ones, which the user's replace
     * @param required further ones, which replace the user's
     */
    public Properties settings(
            String group,
            ClusterSettings cluster,
            UnsendableToDeadLetters.Sink letters,
            Map<String, ?> defaults,
            Map<String, ?> required) {
        var usual = new HashMap<String, Object>(defaults);
        usual.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        usual.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksDb.class);
        var fixed = new HashMap<String, Object>(required);
        fixed.put(SharedRocksDb.MEMORY_BYTES, Long.toString(memoryBytes));
        fixed.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
        fixed.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        fixed.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        fixed.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        fixed.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsendableToDeadLetters.class);
        fixed.put(UnsendableToDeadLetters.SINK, letters);
        fixed.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        id.ifPresent(
                name -> fixed.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), name));
        var all = new Properties();
        all.putAll(cluster.streams(cluster.topicPrefix() + group, usual, fixed));
        return all;
    }
}
