package io.taskweaver.context;

import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.connection.ClusterSettings;
import java.util.HashMap;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams. */
final class StreamsSettings {
    private StreamsSettings() {}

    /**
     * At-least-once, low latency, fast detection of dead instances.
     *
     * @param deadLetters sink for events that are too large for a message
     */
    static Properties of(ContextSettings settings, ClusterSettings cluster, UnsendableToDeadLetters.Sink deadLetters) {
        var defaults = new HashMap<String, Object>();
        defaults.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        defaults.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        defaults.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6000);
        defaults.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1500);
        defaults.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
        var required = new HashMap<String, Object>();
        required.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir());
        required.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        required.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        required.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        required.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        required.put(BoundedRocksDb.MEMORY_BYTES, Long.toString(settings.stateMemoryMib() * 1024L * 1024));
        settings.advertisedAddress()
                .ifPresent(address -> required.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address));
        settings.instanceId()
                .ifPresent(id ->
                        required.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        // Checked before compression; topics limit the compressed size.
        required.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 4 * Topics.MAX_MESSAGE_BYTES);
        required.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsendableToDeadLetters.class);
        required.put(UnsendableToDeadLetters.SINK, deadLetters);
        var all = new Properties();
        all.putAll(cluster.streams(cluster.topicPrefix() + Rights.CONTEXT_GROUP, defaults, required));
        return all;
    }
}
