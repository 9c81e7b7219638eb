package io.taskweaver.executor;

import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Takes issued attempts through a classic consumer group, for brokers without share groups. A partition of the topic
 * belongs to one executor, so that an attempt may wait for a busy executor while another is free, and executors beyond
 * the number of partitions get no work. Delivery is the same as with {@link ShareGroupIntake}: the offset is committed as
 * soon as a slot takes the attempt, and from then on heartbeats hold it.
 *
 * <p>While all slots are busy the partitions are paused but still polled: a member that does not poll delays every
 * rebalance.
 */
final class ClassicGroupIntake implements AttemptIntake {
    private static final Logger LOG = Logger.getLogger(ClassicGroupIntake.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** How long attempts wait on the partitions of an executor that died. */
    private static final Duration SESSION = Duration.ofSeconds(8);

    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final Map<String, Object> settings;
    private final String topic;
    private final Retries retries;
    private final Slots slots;
    private final BooleanSupplier willing;
    private final Taker taker;
    private final Thread thread =
            Thread.ofPlatform().name("executor-intake").daemon().unstarted(this::takeAll);
    private volatile boolean open;
    private volatile boolean closing;
    /** Whether a slot is reserved and not yet used. */
    private boolean reserved;

    /** @param willing whether attempts are taken now; others wait on this executor's partitions */
    ClassicGroupIntake(ClusterSettings cluster, String group, Slots slots, BooleanSupplier willing, Taker taker) {
        this.topic = Topics.TASK_READY.name(cluster.topicPrefix());
        this.retries = new Retries(ClassicGroupIntake.class, "taking attempts", cluster);
        this.slots = slots;
        this.willing = willing;
        this.taker = taker;
        this.settings = cluster.consumer(
                "executor-intake",
                Map.of(
                        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION.toMillis(),
                        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                                (int) SESSION.dividedBy(4).toMillis(),
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis()),
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG, group,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1"));
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void open() {
        open = true;
    }

    @Override
    public boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closing = true;
        try {
            // A thread that was never started cannot be joined.
            if (thread.isAlive()) thread.join(CLOSING.plus(POLL));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takeAll() {
        while (!closing) {
            try {
                takeWhileOpen();
            } catch (InterruptedException | WakeupException e) {
                LOG.debugf("Taking attempts was interrupted topic=%s", topic);
            } catch (RuntimeException | Error e) {
                retries.failed(e);
                pause();
            } finally {
                if (reserved) slots.free(1);
                reserved = false;
            }
        }
    }

    private void takeWhileOpen() throws InterruptedException {
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.subscribe(List.of(topic));
            while (!closing) take(consumer);
        } finally {
            consumer.close(CloseOptions.timeout(CLOSING));
        }
    }

    private void take(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        boolean takes = open && !closing && willing.getAsBoolean();
        if (takes && !reserved) reserved = slots.reserveNow(1);
        if (takes && reserved) consumer.resume(consumer.paused());
        else consumer.pause(consumer.assignment());
        for (var issued : consumer.poll(POLL)) take(consumer, issued);
    }

    private void take(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> issued)
            throws InterruptedException {
        var partition = new TopicPartition(issued.topic(), issued.partition());
        // Newly assigned partitions are not paused yet.
        var taken = reserved && !closing ? taker.take(issued) : Taken.RETURNED;
        if (taken == Taken.RETURNED) {
            consumer.seek(partition, issued.offset());
            return;
        }
        if (taken == Taken.STARTED) reserved = false;
        consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(issued.offset() + 1)), (offsets, failure) -> {
            if (failure != null) LOG.warnf("Attempts may be delivered again: %s", failure.getMessage());
        });
    }

    private void pause() {
        try {
            retries.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
