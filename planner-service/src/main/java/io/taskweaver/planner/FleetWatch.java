package io.taskweaver.planner;

import io.taskweaver.domain.event.ExecutorHeartbeat;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.Reading;
import io.taskweaver.wire.RegistryUnavailableException;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the executors' beats on a thread of its own and tells the {@link Fleet}. It is not part of the topology: a
 * beat is worth nothing a few seconds later, so that there is no state to restore, and trouble with one must not stop
 * the planner.
 */
final class FleetWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FleetWatch.class);
    private static final Duration LOOK_BACK = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Fleet fleet;
    private final String topic;
    private final Map<String, Object> client;
    private final EventReader events;
    private final DeadLetters deadLetters;
    private final Producer<byte[], byte[]> producer;
    private final Retries retries;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    FleetWatch(Fleet fleet, ClusterSettings cluster, Producer<byte[], byte[]> producer) {
        this.fleet = fleet;
        this.topic = Topics.EXECUTOR_HEARTBEAT.name(cluster.topicPrefix());
        this.retries = new Retries(FleetWatch.class, "fleet watch", cluster);
        this.client = cluster.consumer();
        this.client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        this.client.put(ConsumerConfig.CLIENT_ID_CONFIG, "taskweaver-planner-fleet");
        this.events = new EventReader(cluster.serdes());
        this.deadLetters = new DeadLetters("planner", cluster.topicPrefix(), cluster.serdes());
        this.producer = producer;
        this.thread = Thread.ofPlatform().name("planner-fleet").daemon().unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        stopping = true;
        var listening = consumer;
        if (listening != null) listening.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (!stopping) {
            try (var listening =
                    new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = listening;
                listen(listening);
            } catch (WakeupException e) {
                LOG.debug("fleet watch is stopping");
            } catch (RuntimeException | Error e) {
                retries.failed(e);
                rest();
            }
        }
    }

    private void listen(KafkaConsumer<byte[], byte[]> listening) {
        var partitions = listening.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        listening.assign(partitions);
        seekBack(listening, partitions);
        while (!stopping) for (var record : listening.poll(POLL)) take(record);
    }

    /** Beats of the last seconds tell at once what would otherwise be known after a beat's interval. */
    private static void seekBack(KafkaConsumer<byte[], byte[]> listening, List<TopicPartition> partitions) {
        long from = Instant.now().minus(LOOK_BACK).toEpochMilli();
        var times = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) times.put(partition, from);
        var offsets = listening.offsetsForTimes(times);
        for (var partition : partitions) {
            var found = offsets.get(partition);
            if (found == null) listening.seekToEnd(List.of(partition));
            else listening.seek(partition, found.offset());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        var now = Instant.now();
        try {
            switch (events.read(ExecutorHeartbeat.class, record.topic(), record.headers(), record.value())) {
                case Reading.Tombstone<ExecutorHeartbeat>() -> {
                    if (record.key() != null) fleet.left(new String(record.key(), StandardCharsets.UTF_8));
                }
                case Reading.Understood<ExecutorHeartbeat>(var beat) -> {
                    // A beat that waited here is as old as it is; the clock of another machine that is ahead does not
                    // count.
                    var sent = Instant.ofEpochMilli(record.timestamp());
                    boolean waited = sent.isBefore(now.minus(LOOK_BACK.multipliedBy(12)));
                    fleet.beat(beat, waited ? sent : now);
                }
                case Reading.Refused<ExecutorHeartbeat> refused -> {
                    LOG.warnf(
                            "record set aside reason=%s topic=%s partition=%d offset=%d",
                            refused.reason(), record.topic(), record.partition(), record.offset());
                    producer.send(deadLetters.of(record, refused.reason(), refused.cause(), now));
                }
            }
        } catch (RegistryUnavailableException e) {
            retries.failed(e);
        }
    }

    private void rest() {
        try {
            retries.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
