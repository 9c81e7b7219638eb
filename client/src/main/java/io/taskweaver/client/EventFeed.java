package io.taskweaver.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskweaver.domain.event.Event;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.Reading;
import io.taskweaver.wire.RegistryUnavailableException;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.RegistryDiagnosis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The records of some topics, of all plans or of one, from the beginning or from now on. For one thread. */
public final class EventFeed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Map<String, ?> DEFAULTS = Map.of(
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            "100",
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) PATIENCE.toMillis(),
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) PATIENCE.toMillis() - 1000);
    private static final Map<String, ?> REQUIRED = Map.of(
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");

    private final Connection connection;
    private final Map<String, Topic<?>> topics;
    private final Optional<String> plan;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventReader reader;
    private final Map<TopicPartition, Long> ends;

    /**
     * A record.
     *
     * @param trace that its headers carry
     * @param json its value with the fields of its schema, whatever the model says of it; null for a tombstone and for what
     *     cannot be decoded. For the feed's thread, until the feed is closed.
     */
    public record Received(
            Topic<?> topic,
            int partition,
            long offset,
            Instant timestamp,
            String key,
            Optional<TraceContext> trace,
            Reading<? extends Event> reading,
            Supplier<JsonNode> json) {

        /** The event; empty for a tombstone and for what cannot be understood. */
        public Optional<Event> event() {
            return reading instanceof Reading.Understood<?>(Event event) ? Optional.of(event) : Optional.empty();
        }

        /** Why it cannot be understood. */
        public Optional<String> problem() {
            return switch (reading) {
                case Reading.Understood<?> ignored -> Optional.empty();
                case Reading.Tombstone<?> ignored -> Optional.empty();
                case Reading.Undecodable<?> undecodable ->
                    Optional.of("no event of this topic: " + undecodable.cause());
                case Reading.Invalid<?> invalid -> Optional.of(invalid.cause());
            };
        }
    }

    EventFeed(Connection connection, List<Topic<?>> topics, Optional<String> plan, boolean fromBeginning) {
        this.connection = connection;
        this.plan = plan;
        this.topics = new HashMap<>();
        for (var topic : topics) this.topics.put(topic.name(connection.topicPrefix()), topic);
        this.reader = new EventReader(connection.cluster().serdes());
        this.consumer = consumer(connection);
        try {
            var partitions = partitions();
            consumer.assign(partitions);
            if (fromBeginning) consumer.seekToBeginning(partitions);
            else consumer.seekToEnd(partitions);
            this.ends = consumer.endOffsets(partitions, PATIENCE);
            // The position is looked up lazily: fix it now, so that what is written from here on is seen.
            if (!fromBeginning) partitions.forEach(consumer::position);
        } catch (KafkaException e) {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
            throw noBroker(connection, e);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Connection connection) {
        var settings = connection.cluster().consumer("taskweaver-client", DEFAULTS, REQUIRED);
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw noBroker(connection, e);
        }
    }

    private static Unreachable noBroker(Connection connection, KafkaException e) {
        return Unreachable.of(BrokerDiagnosis.explain(e, connection.cluster()), e);
    }

    private List<TopicPartition> partitions() {
        var all = new ArrayList<TopicPartition>();
        for (var name : topics.keySet()) {
            List<PartitionInfo> known = consumer.partitionsFor(name, PATIENCE);
            if (known == null || known.isEmpty())
                throw new Unreachable(
                        "The broker at " + connection.bootstrap() + " has no topic " + name + ".",
                        "Check the prefix of topic names (taskweaver.topic-prefix), or create the topics with: "
                                + "taskweaver topics apply, and the same options.",
                        null);
            for (var partition : known)
                if (holdsThePlan(name, partition.partition(), known.size()))
                    all.add(new TopicPartition(name, partition.partition()));
        }
        return all;
    }

    private boolean holdsThePlan(String topic, int partition, int of) {
        var description = topics.get(topic);
        if (plan.isEmpty() || description == null || description.key() == Topic.Key.EXECUTOR) return true;
        // A dead letter is keyed as its source, unless that had no key.
        return description.key() == Topic.Key.SOURCE || PlanPartitioner.partition(plan.get(), of) == partition;
    }

    /**
     * Waits for records.
     *
     * @param atMost how long to wait if there are none
     * @return the records that came, oldest first within a partition
     * @throws Unreachable if the broker can no longer be used, or the registry does not say what their schemas are
     */
    public List<Received> poll(Duration atMost) {
        var received = new ArrayList<Received>();
        for (var message : polled(atMost)) {
            var topic = topics.get(message.topic());
            var key = message.key() == null ? "" : new String(message.key(), StandardCharsets.UTF_8);
            if (topic != null && isWanted(topic, key)) received.add(decoded(topic, key, message));
        }
        return received;
    }

    private ConsumerRecords<byte[], byte[]> polled(Duration atMost) {
        try {
            return consumer.poll(atMost);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw noBroker(connection, e);
        }
    }

    private boolean isWanted(Topic<?> topic, String key) {
        return plan.isEmpty() || topic.key() == Topic.Key.EXECUTOR || plan.get().equals(EventKeys.planOf(key));
    }

    private Received decoded(Topic<?> topic, String key, ConsumerRecord<byte[], byte[]> message) {
        return new Received(
                topic,
                message.partition(),
                message.offset(),
                Instant.ofEpochMilli(message.timestamp()),
                key,
                TraceContext.of(message.headers()),
                asked(() -> reader.read(topic, message.topic(), message.headers(), message.value())),
                () -> asked(() -> reader.json(message.topic(), message.headers(), message.value())));
    }

    private <T> T asked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RegistryUnavailableException e) {
            throw Unreachable.of(RegistryDiagnosis.explain(e, connection.cluster()), e);
        }
    }

    /** Whether everything that was there when the feed was opened has been handed out. */
    public boolean isCaughtUp() {
        for (var end : ends.entrySet()) if (consumer.position(end.getKey()) < end.getValue()) return false;
        return true;
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
        reader.close();
    }
}
