package io.taskweaver.executor;

import io.taskweaver.events.ExecutionJournal;
import io.taskweaver.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads single records of the journal again: outcomes are large and seldom wanted twice, so none is kept in memory. */
final class JournalPlaces implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String topic;
    private final Map<String, Object> settings;
    private final EventReader<ExecutionJournal> reader;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    JournalPlaces(Connection connection) {
        this.topic = Topics.EXECUTION_JOURNAL.name(connection.topicPrefix());
        this.reader = new EventReader<>(Topics.EXECUTION_JOURNAL, connection);
        this.settings = new HashMap<>(connection.consumer("executor-journal-outcomes"));
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
    }

    /**
     * The entry at a place; empty if it is kept no longer.
     *
     * @throws KafkaException if the broker does not answer in time
     */
    synchronized Optional<ExecutionJournal> read(Recorded.Finished place) {
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
                if (record.offset() != place.offset() || record.value() == null) return Optional.empty();
                try {
                    return Optional.of(reader.read(record));
                } catch (EventReader.Undecodable e) {
                    return Optional.empty();
                } catch (InterruptedException e) {
                    throw new org.apache.kafka.common.errors.InterruptException(e);
                }
            }
        }
        throw new KafkaException("the journal entry " + partition + "@" + place.offset() + " was not read in time");
    }

    @Override
    public synchronized void close() {
        if (consumer != null) consumer.close();
        consumer = null;
    }
}
