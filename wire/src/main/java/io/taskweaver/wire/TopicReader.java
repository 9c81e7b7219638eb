package io.taskweaver.wire;

import io.taskweaver.wire.connection.ClusterSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from wherever it is told to begin, without a group: each reader gets all records. Not thread-safe, except
 * {@link #wakeup}.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Map<String, String> REQUIRED = Map.of(
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");

    /** Where reading begins. */
    public sealed interface Start {
        /** With the oldest record that the broker still has. */
        record Oldest() implements Start {}

        /** With what is written after the topics were opened. */
        record Newest() implements Start {}

        /** With the first record of that time or later. */
        record At(Instant time) implements Start {}
    }

    /** Which partitions are read. */
    @FunctionalInterface
    public interface Partitions {
        /** @param of number of the topic's partitions */
        boolean include(Topic<?> topic, int partition, int of);
    }

    /** A topic does not exist. */
    public static final class MissingTopic extends UnknownTopicOrPartitionException {
        private static final long serialVersionUID = 1L;

        private final String topic;

        MissingTopic(String topic) {
            super("the topic " + topic + " is missing. Create it with: taskweaver topics apply");
            this.topic = topic;
        }

        /** Its name with prefix. */
        public String topic() {
            return topic;
        }
    }

    private final Map<String, Topic<?>> topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private Map<TopicPartition, Long> ends = Map.of();

    /** Reads one topic, in large batches. */
    public TopicReader(ClusterSettings cluster, String client, Topic<?> topic) {
        this(cluster, client, List.of(topic), Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"));
    }

    /**
     * @param client name of the consumer in logs and metrics
     * @param defaults of the consumer's settings
     */
    public TopicReader(ClusterSettings cluster, String client, Collection<Topic<?>> topics, Map<String, ?> defaults) {
        this.topics = topics.stream()
                .collect(Collectors.toMap(topic -> topic.name(cluster.topicPrefix()), Function.identity()));
        this.consumer = new KafkaConsumer<>(
                cluster.consumer(client, defaults, REQUIRED), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Seeks to the oldest records of all partitions.
     *
     * @throws MissingTopic if a topic does not exist
     */
    public void open() {
        open((topic, partition, of) -> true);
    }

    /**
     * Seeks to the oldest records.
     *
     * @throws MissingTopic if a topic does not exist
     */
    public void open(Partitions wanted) {
        var partitions = topics.keySet().stream()
                .flatMap(topic -> partitions(topic, wanted))
                .toList();
        consumer.assign(partitions);
        ends = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
    }

    private Stream<TopicPartition> partitions(String name, Partitions wanted) {
        var known = consumer.partitionsFor(name);
        if (known == null || known.isEmpty()) throw new MissingTopic(name);
        return known.stream()
                .map(info -> new TopicPartition(name, info.partition()))
                .filter(partition -> wanted.include(topic(name), partition.partition(), known.size()));
    }

    /** Continues elsewhere. */
    public void seek(Function<Topic<?>, Start> starts) {
        var times = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> {
            consumer.seek(partition, end);
            switch (starts.apply(topic(partition.topic()))) {
                case Start.Oldest() -> consumer.seekToBeginning(List.of(partition));
                case Start.Newest() -> {}
                case Start.At(Instant time) -> times.put(partition, time.toEpochMilli());
            }
        });
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) consumer.seek(partition, found.offset());
        });
    }

    /** The topic that has a name with prefix, e.g. of a record. */
    public Topic<?> topic(String name) {
        return Objects.requireNonNull(topics.get(name), name);
    }

    /** Waits for records, in order by partition. */
    public ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
        return consumer.poll(atMost);
    }

    /** Passes on all records present when the topics were opened. */
    public void readUpToEnd(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        while (!isCaughtUp()) poll(POLL).forEach(each);
    }

    /** From now on, the records that are present now are those to catch up with. */
    public void extend() {
        ends = consumer.endOffsets(ends.keySet());
    }

    /** Whether all records present when the topics were opened, or {@link #extend extended}, were passed on. */
    public boolean isCaughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Offset of the next record, by partition. */
    public Map<TopicPartition, Long> positions() {
        return ends.keySet().stream().collect(Collectors.toMap(Function.identity(), consumer::position));
    }

    /** Interrupts waiting for the broker on the reader's thread by a {@code WakeupException}. */
    public void wakeup() {
        consumer.wakeup();
    }

    /** Does not wait for the broker, to which nothing is owed. */
    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
