package io.taskweaver.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskweaver.model.event.Event;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.RegistryUnavailableException;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.TopicReader;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.RegistryDiagnosis;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** The records of some topics, of all plans or of one. For one thread. */
public final class EventFeed implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Map<String, ?> DEFAULTS = Map.of(
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            "100",
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) TIMEOUT.toMillis(),
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) TIMEOUT.toMillis() - 1000);
    /** By how much the clocks of those who write about a plan may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** Executors of which nothing came for longer are not alive. */
    private static final Duration HEARTBEATS = Duration.ofMinutes(5);

    /** What may be written before a plan is made, by clocks of which nothing is known. */
    private static final Set<Topic<?>> BEFORE_PLANNING = Set.of(
            Topics.REQUIREMENTS_SUBMITTED, Topics.REQUIREMENTS_REJECTED, Topics.PLAN_COMMANDS, Topics.PLAN_ARCHIVED);

    /** Where to begin. */
    enum Start {
        /** With the oldest record that the broker still has. */
        OLDEST,
        /**
         * With the oldest record that may be about the plan: nothing happens to it before it is made. That is found in one
         * small topic, so that what other plans did before need not be read.
         */
        OF_PLAN,
        /** With what is written from here on. */
        NOW
    }

    private final Connection connection;
    private final Optional<String> plan;
    private final TopicReader messages;
    private final EventReader reader;

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
            DecodedRecord<? extends Event> reading,
            Supplier<JsonNode> json) {

        /** The event; empty for a tombstone and for what cannot be understood. */
        public Optional<Event> event() {
            return reading instanceof DecodedRecord.Understood<?>(Event event) ? Optional.of(event) : Optional.empty();
        }

        /** Why it cannot be understood. */
        public Optional<String> problem() {
            return switch (reading) {
                case DecodedRecord.Understood<?> _, DecodedRecord.Tombstone<?> _ -> Optional.empty();
                case DecodedRecord.Undecodable<?> undecodable ->
                    Optional.of("not an event of this topic: " + undecodable.cause());
                case DecodedRecord.Invalid<?> invalid -> Optional.of(invalid.cause());
            };
        }
    }

    /** @param plan the only one to read of; required for {@link Start#OF_PLAN} */
    EventFeed(Connection connection, List<Topic<?>> topics, Optional<String> plan, Start start) {
        this.connection = connection;
        this.plan = plan;
        this.reader = new EventReader(connection.cluster().serdes());
        this.messages = messages(connection, topics);
        try {
            messages.open(this::holdsThePlan);
            begin(start);
        } catch (TopicReader.MissingTopic e) {
            close();
            throw new SystemUnavailable(
                    "The broker at " + connection.bootstrap() + " has no topic " + e.topic() + ".",
                    "Check the prefix of topic names (taskweaver.topic-prefix), or create the topics with: "
                            + "taskweaver topics apply, and the same options.",
                    null);
        } catch (KafkaException e) {
            close();
            throw noBroker(connection, e);
        }
    }

    private static TopicReader messages(Connection connection, List<Topic<?>> topics) {
        try {
            return new TopicReader(connection.cluster(), "taskweaver-client", topics, DEFAULTS);
        } catch (KafkaException e) {
            throw noBroker(connection, e);
        }
    }

    private void begin(Start start) {
        switch (start) {
            case OLDEST -> {}
            case NOW -> messages.seek(any -> new TopicReader.Start.Newest());
            case OF_PLAN -> {
                messages.seek(topic ->
                        topic == Topics.PLAN_CREATED ? new TopicReader.Start.Oldest() : new TopicReader.Start.Newest());
                var made = made(plan.orElseThrow());
                messages.seek(topic -> start(topic, made));
            }
        }
    }

    /** When a plan was made; empty if it was not, before the ends of the topics were looked up. */
    private Optional<Instant> made(String wanted) {
        Optional<Instant> made = Optional.empty();
        while (made.isEmpty() && !isCaughtUp())
            made = poll(POLL).stream()
                    .filter(received -> received.topic() == Topics.PLAN_CREATED
                            && received.key().equals(wanted))
                    .flatMap(received -> received.event().stream())
                    .map(Event::at)
                    .findFirst();
        return made;
    }

    private static TopicReader.Start start(Topic<?> topic, Optional<Instant> made) {
        if (BEFORE_PLANNING.contains(topic)) return new TopicReader.Start.Oldest();
        if (topic == Topics.EXECUTOR_HEARTBEAT)
            return new TopicReader.Start.At(Instant.now().minus(HEARTBEATS));
        return made.<TopicReader.Start>map(at -> new TopicReader.Start.At(at.minus(CLOCK_SKEW)))
                .orElseGet(TopicReader.Start.Newest::new);
    }

    private static SystemUnavailable noBroker(Connection connection, KafkaException e) {
        return SystemUnavailable.of(BrokerDiagnosis.explain(e, connection.cluster()), e);
    }

    private boolean holdsThePlan(Topic<?> topic, int partition, int of) {
        if (plan.isEmpty() || topic.key() == Topic.Key.EXECUTOR) return true;
        // A dead letter is keyed as its source, unless that had no key.
        return topic.key() == Topic.Key.SOURCE || PlanPartitioner.partition(plan.get(), of) == partition;
    }

    /**
     * Waits for records.
     *
     * @param atMost how long to wait if there are none
     * @return the records that came, oldest first within a partition
     * @throws SystemUnavailable if the broker can no longer be used, or the registry does not say what their schemas are
     */
    public List<Received> poll(Duration atMost) {
        var received = new ArrayList<Received>();
        for (var message : polled(atMost)) {
            var topic = messages.topic(message.topic());
            var key = message.key() == null ? "" : new String(message.key(), StandardCharsets.UTF_8);
            if (isWanted(topic, key)) received.add(decoded(topic, key, message));
        }
        return received;
    }

    private ConsumerRecords<byte[], byte[]> polled(Duration atMost) {
        try {
            return messages.poll(atMost);
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
            throw SystemUnavailable.of(RegistryDiagnosis.explain(e, connection.cluster()), e);
        }
    }

    /**
     * From now on, what is there now is to catch up with.
     *
     * @throws SystemUnavailable if the broker cannot be used
     */
    void extend() {
        try {
            messages.extend();
        } catch (KafkaException e) {
            throw noBroker(connection, e);
        }
    }

    /** Whether everything that was there when the feed was opened, or extended, has been handed out. */
    public boolean isCaughtUp() {
        return messages.isCaughtUp();
    }

    @Override
    public void close() {
        messages.close();
        reader.close();
    }
}
