package io.taskweaver.executor;

import io.taskweaver.model.event.Event;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads single records of a topic on demand: they are large and rarely needed again, so they are not kept in memory. */
final class RecordLookup<T extends Event> implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String topic;
    private final Class<T> type;
    private final Map<String, Object> settings;
    private final EventReader reader;
    private final Retries retries;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** A record and what it holds. */
    record Found<T extends Event>(ConsumerRecord<byte[], byte[]> source, T value) {}

    RecordLookup(ClusterSettings cluster, Topic<?> topic, Class<T> type) {
        this.topic = topic.name(cluster.topicPrefix());
        this.type = type;
        this.reader = new EventReader(cluster.serdes());
        this.retries = new Retries(RecordLookup.class, "reading of records of " + topic.name(), cluster);
        this.settings = cluster.consumer(
                "executor-lookup-" + topic.name(),
                Map.of(),
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1"));
    }

    /**
     * The record at a position; empty if it is no longer retained.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    synchronized Optional<Found<T>> read(int partition, long offset) {
        var reading = consumer;
        if (reading == null) {
            reading = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer = reading;
        }
        var place = new TopicPartition(topic, partition);
        reading.assign(List.of(place));
        reading.seek(place, offset);
        var end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            for (var record : reading.poll(Duration.ofMillis(500))) {
                if (record.offset() != offset) return Optional.empty();
                return read(record) instanceof DecodedRecord.Understood<T>(var value)
                        ? Optional.of(new Found<>(record, value))
                        : Optional.empty();
            }
        }
        throw new KafkaException("the record " + place + "@" + offset + " was not read in time");
    }

    private DecodedRecord<T> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return reader.read(type, record, retries);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (consumer != null) consumer.close();
        consumer = null;
    }
}
