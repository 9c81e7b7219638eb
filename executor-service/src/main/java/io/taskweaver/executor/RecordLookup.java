package io.taskweaver.executor;

import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.Topics;
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

/**
 * Reads single journal records on demand: outcomes are large and rarely needed again, so they are not kept in memory.
 */
final class JournalLookup implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String topic;
    private final Map<String, Object> settings;
    private final EventReader reader;
    private final Retries retries;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    JournalLookup(ClusterSettings cluster) {
        this.topic = Topics.EXECUTION_JOURNAL.name(cluster.topicPrefix());
        this.reader = new EventReader(cluster.serdes());
        this.retries = new Retries(JournalLookup.class, "reading of outcomes in the journal", cluster);
        this.settings = cluster.consumer(
                "executor-journal-outcomes",
                Map.of(),
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1"));
    }

    /**
     * The entry at a position; empty if it is no longer retained.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    synchronized Optional<ExecutionJournal> read(AttemptState.Finished place) {
        var reading = consumer;
        if (reading == null) {
            reading = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            consumer = reading;
        }
        var partition = new TopicPartition(topic, place.partition());
        reading.assign(List.of(partition));
        reading.seek(partition, place.offset());
        var end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            for (var record : reading.poll(Duration.ofMillis(500))) {
                if (record.offset() != place.offset()) return Optional.empty();
                return read(record) instanceof DecodedRecord.Understood<ExecutionJournal>(var entry)
                        ? Optional.of(entry)
                        : Optional.empty();
            }
        }
        throw new KafkaException("the journal entry " + partition + "@" + place.offset() + " was not read in time");
    }

    private DecodedRecord<ExecutionJournal> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return reader.read(ExecutionJournal.class, record, retries);
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
