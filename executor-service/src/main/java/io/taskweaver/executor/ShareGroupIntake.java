package io.taskweaver.executor;

import io.taskweaver.wire.connection.ClusterSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Takes issued attempts through a share group, from which any number of executors take records individually. The topic
 * has one partition, because a partition is assigned to only some members of the group, which may be busy for hours.
 *
 * <p>A record is acknowledged as soon as a slot takes the attempt. From then on heartbeats hold it, and the planner
 * reissues attempts that no heartbeat names; the queue's own lock would need a renewal for each record, and a consumer
 * that renews gets no new records until it is done. A consumer reserves as many slots as it may receive records, so one
 * of them polls for single records: it fills each slot as soon as it is free.
 *
 * <p>While the broker is unreachable there is no consumer: Kafka's share consumer retries without a pause, on two
 * threads.
 */
final class ShareGroupIntake extends AttemptIntake {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration OPENING = Duration.ofMillis(20);
    private static final Duration UNREACHABLE = Duration.ofSeconds(1);

    /** Larger batches gain nothing, and spread work unevenly. */
    private static final int LARGEST_BATCH = 64;

    private final BooleanSupplier reachable;

    /**
     * @param consumers at least 1
     * @param reachable whether the broker answers
     * @param willing whether attempts are taken now: others take what stays in the queue
     */
    ShareGroupIntake(
            ClusterSettings cluster,
            String group,
            int slotCount,
            int consumers,
            Slots slots,
            BooleanSupplier reachable,
            BooleanSupplier willing,
            Taker taker) {
        super(cluster, slots, willing, taker);
        this.reachable = reachable;
        int number = 0;
        for (int batch : batches(slotCount, consumers)) {
            var name = "executor-intake-" + number++;
            var settings = settings(cluster, name, group, batch);
            add(name, () -> {
                if (reachable.getAsBoolean()) takeWhileReachable(settings, batch);
                else Thread.sleep(UNREACHABLE);
            });
        }
    }

    private static Map<String, Object> settings(ClusterSettings cluster, String name, String group, int batch) {
        return cluster.shareConsumer(
                name,
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                        "explicit",
                        ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                        "record_limit",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        batch,
                        // While all slots are busy nobody polls, possibly for hours.
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        Integer.MAX_VALUE));
    }

    /** Batch size of each consumer: one for the first, an equal share of the other slots for the others. */
    static List<Integer> batches(int slots, int consumers) {
        var batches = new ArrayList<Integer>(List.of(1));
        int others = Math.min(consumers, slots) - 1;
        for (int i = 0; i < others; i++) batches.add(Math.clamp((slots - 1) / others, 1, LARGEST_BATCH));
        return batches;
    }

    private void takeWhileReachable(Map<String, Object> settings, int batch) throws InterruptedException {
        var consumer = new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.setAcknowledgementCommitCallback((offsets, failure) -> {
                if (failure != null) warnOfRepetition(failure);
            });
            consumer.subscribe(List.of(topic));
            takeWhileReachable(consumer, batch);
        } finally {
            consumer.close(CLOSING);
        }
    }

    private void takeWhileReachable(KafkaShareConsumer<byte[], byte[]> consumer, int batch)
            throws InterruptedException {
        // A consumer joins at its first poll, and gets partitions seconds later: until then it receives no record.
        consumer.poll(Duration.ZERO).forEach(order -> consumer.acknowledge(order, AcknowledgeType.RELEASE));
        while (!isClosing() && reachable.getAsBoolean()) {
            if (!takes()) Thread.sleep(OPENING);
            else if (slots.reserve(batch)) take(consumer, batch);
        }
    }

    /**
     * Waits for records and passes them on. The slots stay reserved until records arrive: after a poll without records
     * a fetch is still pending, and its records are locked for this consumer.
     */
    private void take(KafkaShareConsumer<byte[], byte[]> consumer, int batch) throws InterruptedException {
        int started = 0;
        try {
            var issuedAttempts = consumer.poll(POLL);
            while (issuedAttempts.isEmpty() && takes() && reachable.getAsBoolean())
                issuedAttempts = consumer.poll(POLL);
            for (var issued : issuedAttempts) {
                var taken = !takes() ? Taken.RETURNED : taker.take(issued);
                if (taken == Taken.STARTED) started++;
                consumer.acknowledge(
                        issued, taken == Taken.RETURNED ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
            }
            if (!issuedAttempts.isEmpty()) consumer.commitAsync();
        } finally {
            slots.free(batch - started);
        }
    }
}
