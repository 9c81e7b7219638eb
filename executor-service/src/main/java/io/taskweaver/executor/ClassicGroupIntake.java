package io.taskweaver.executor;

import io.taskweaver.wire.connection.ClusterSettings;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Takes issued attempts through a classic consumer group, for brokers without share groups. A partition of the topic
 * belongs to one executor, so that an attempt may wait for a busy executor while another is free, and executors beyond
 * the number of partitions get no work. Delivery is the same as with {@link ShareGroupIntake}: the offset is committed as
 * soon as a slot takes the attempt, and from then on heartbeats hold it.
 *
 * <p>While all slots are busy the partitions are paused but still polled: a member that does not poll delays every
 * rebalance.
 */
final class ClassicGroupIntake extends AttemptIntake {
    private static final Duration POLL = Duration.ofMillis(200);

    /** How long attempts wait on the partitions of an executor that died. */
    private static final Duration SESSION = Duration.ofSeconds(8);

    private final Map<String, Object> settings;

    /** Whether a slot is reserved and not yet used. */
    private boolean reserved;

    /** @param willing whether attempts are taken now; others wait on this executor's partitions */
    ClassicGroupIntake(ClusterSettings cluster, String group, Slots slots, BooleanSupplier willing, Taker taker) {
        super(cluster, slots, willing, taker);
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
        add("executor-intake", this::takeAll);
    }

    private void takeAll() throws InterruptedException {
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.subscribe(List.of(topic));
            while (!isClosing()) take(consumer);
        } finally {
            if (reserved) slots.free(1);
            reserved = false;
            consumer.close(CloseOptions.timeout(CLOSING));
        }
    }

    private void take(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        boolean takes = takes();
        if (takes && !reserved) reserved = slots.reserveNow(1);
        if (takes && reserved) consumer.resume(consumer.paused());
        else consumer.pause(consumer.assignment());
        for (var issued : consumer.poll(POLL)) take(consumer, issued);
    }

    private void take(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> issued)
            throws InterruptedException {
        var partition = new TopicPartition(issued.topic(), issued.partition());
        // Newly assigned partitions are not paused yet.
        var taken = reserved && !isClosing() ? taker.take(issued) : Taken.RETURNED;
        if (taken == Taken.RETURNED) {
            consumer.seek(partition, issued.offset());
            return;
        }
        if (taken == Taken.STARTED) reserved = false;
        consumer.commitAsync(Map.of(partition, new OffsetAndMetadata(issued.offset() + 1)), (offsets, failure) -> {
            if (failure != null) warnOfRepetition(failure);
        });
    }
}
