package io.taskweaver.context;

import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.UnsendableToDeadLetters;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Our settings in the words of Kafka Streams. */
final class StreamsSettings {
    private StreamsSettings() {}

    /**
     * At least once, quick to hand on, quick to notice a dead instance.
     *
     * @param client settings of the connection
     * @param deadLetters where it is said that an event fits into no message
     */
    static Properties of(
            ContextSettings settings, String prefix, Map<String, ?> client, UnsendableToDeadLetters.Sink deadLetters) {
        var all = new Properties();
        all.putAll(client);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, prefix + Rights.CONTEXT_GROUP);
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        all.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        all.put(BoundedRocksDb.MEMORY_BYTES, Long.toString(settings.stateMemoryMib() * 1024L * 1024));
        settings.advertisedAddress().ifPresent(address -> all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address));
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6000);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1500);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
        settings.instanceId()
                .ifPresent(
                        id -> all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        EventSerdes.uncompressedProducerSettings(ofProducers(client))
                .forEach((name, value) -> all.put(StreamsConfig.producerPrefix(name), value));
        // Checked before compression: the topics decide, after it.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 4 * Topics.MAX_MESSAGE_BYTES);
        all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsendableToDeadLetters.class);
        all.put(UnsendableToDeadLetters.SINK, deadLetters);
        return all;
    }

    private static Map<String, ?> ofProducers(Map<String, ?> client) {
        var known = new HashMap<String, Object>(client);
        known.keySet().retainAll(ProducerConfig.configNames());
        return known;
    }
}
