package io.taskweaver.interfaces;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the compacted topic of contracts from its beginning up to its present end. */
final class PublishedContracts {
    private static final Duration POLL = Duration.ofMillis(200);

    private final String topic;
    private final Map<String, Object> settings = new HashMap<>();

    /**
     * @param topic name on the broker
     * @param kafka settings of the connection
     */
    PublishedContracts(String topic, Map<String, Object> kafka) {
        this.topic = topic;
        settings.putAll(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "interface-contracts-reader");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    }

    /** Hands every record over, in the order of each partition. Blocks until it is through. */
    void forEach(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue()))
                consumer.poll(POLL).forEach(each);
        }
    }
}
