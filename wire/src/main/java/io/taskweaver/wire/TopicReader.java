package io.taskweaver.wire;

import io.taskweaver.wire.connection.ClusterSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of a topic, from the beginning or from an age on, without a group: each reader gets all records.
 * Not thread-safe, except {@link #wakeup}.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Map<String, String> DEFAULTS = Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    private static final Map<String, String> REQUIRED = Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");

    private final String topic;
    private final Optional<Duration> lookBack;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private List<TopicPartition> partitions = List.of();
    private Map<TopicPartition, Long> ends = Map.of();

    /**
     * @param client name of the consumer in logs and metrics
     * @param lookBack maximum age of the first records; empty for all
     */
    public TopicReader(ClusterSettings cluster, String client, Topic<?> topic, Optional<Duration> lookBack) {
        this.topic = topic.name(cluster.topicPrefix());
        this.lookBack = lookBack;
        this.consumer = new KafkaConsumer<>(
                cluster.consumer(client, DEFAULTS, REQUIRED), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Seeks to the first record.
     *
     * @throws UnknownTopicOrPartitionException if the topic does not exist
     */
    public void open() {
        partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty())
            throw new UnknownTopicOrPartitionException(
                    "the topic " + topic + " is missing. Create it with: taskweaver topics apply");
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        lookBack.ifPresent(this::seekBack);
        ends = consumer.endOffsets(partitions);
    }

    private void seekBack(Duration time) {
        long from = System.currentTimeMillis() - time.toMillis();
        consumer.offsetsForTimes(byPartition(partition -> from)).forEach((partition, found) -> {
            if (found == null) consumer.seekToEnd(List.of(partition));
            else consumer.seek(partition, found.offset());
        });
    }

    /** Waits for records, in order by partition. */
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
        return consumer.poll(atMost);
    }

    /** Passes on all records present when the topic was opened. */
    public void readUpToEnd(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        while (!isCaughtUp()) poll(POLL).forEach(each);
    }

    /** Whether all records present when the topic was opened were passed on. */
    public boolean isCaughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Offset of the next record, by partition. */
    public Map<TopicPartition, Long> positions() {
        return byPartition(consumer::position);
    }

    private <T> Map<TopicPartition, T> byPartition(Function<TopicPartition, T> value) {
        return partitions.stream().collect(Collectors.toMap(Function.identity(), value));
    }

    /** Interrupts waiting for the broker on the reader's thread by a {@code WakeupException}. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
