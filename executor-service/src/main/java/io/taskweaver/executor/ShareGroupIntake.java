package io.taskweaver.executor;

import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Takes orders from the queue: a share group, from which any number of executors take records one by one. The topic has
 * one partition, because a partition belongs to some members of the group only, which may be busy for hours.
 *
 * <p>An order is acknowledged as soon as it is handed over. From then on heartbeats hold it, and the planner orders
 * again what no heartbeat names; the queue's own lock would have to be renewed for each record, and a consumer that
 * renews gets nothing new until it is done. A consumer polls only with as many slots reserved as it can be given
 * records, so one of them asks for single records: it fills each slot as it falls free.
 *
 * <p>While the broker is away there is no consumer: Kafka's share consumer looks for a broker without a pause, on two
 * threads.
 */
final class TaskIntake implements OrderIntake {
    private static final Logger LOG = Logger.getLogger(TaskIntake.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration OPENING = Duration.ofMillis(20);
    private static final Duration UNREACHABLE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(3);

    /** More at once gains nothing, and spreads work unevenly. */
    private static final int LARGEST_BATCH = 64;

    private final String topic;
    private final Retries retries;
    private final Slots slots;
    private final BooleanSupplier reachable;
    private final BooleanSupplier willing;
    private final Taker taker;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open;
    private volatile boolean closing;

    /**
     * @param consumers at least 1
     * @param reachable whether the broker answers
     * @param willing whether orders are taken now: what is left in the queue, others take
     */
    TaskIntake(
            ClusterSettings cluster,
            String group,
            int slotCount,
            int consumers,
            Slots slots,
            BooleanSupplier reachable,
            BooleanSupplier willing,
            Taker taker) {
        this.topic = Topics.TASK_READY.name(cluster.topicPrefix());
        this.retries = new Retries(TaskIntake.class, "taking orders", cluster);
        this.slots = slots;
        this.reachable = reachable;
        this.willing = willing;
        this.taker = taker;
        for (int batch : batches(slotCount, consumers)) {
            var name = "executor-intake-" + threads.size();
            var settings = settings(cluster, name, group, batch);
            threads.add(Thread.ofPlatform().name(name).daemon().unstarted(() -> takeAll(settings, batch)));
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
                        // While all slots are busy nobody polls, for hours if need be.
                        ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
                        Integer.MAX_VALUE));
    }

    /** Most records that each consumer takes at once: the first one, the others an equal share of the other slots. */
    static List<Integer> batches(int slots, int consumers) {
        var batches = new ArrayList<Integer>(List.of(1));
        int others = Math.min(consumers, slots) - 1;
        for (int i = 0; i < others; i++) batches.add(Math.clamp((slots - 1) / others, 1, LARGEST_BATCH));
        return batches;
    }

    @Override
    public void start() {
        threads.forEach(Thread::start);
    }

    @Override
    public void open() {
        open = true;
    }

    @Override
    public boolean isAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public void close() {
        closing = true;
        for (var thread : threads)
            try {
                // One that was never started cannot be joined.
                if (thread.isAlive()) thread.join(CLOSING.plus(POLL));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
    }

    private void takeAll(Map<String, Object> settings, int batch) {
        while (!closing) {
            if (!reachable.getAsBoolean()) {
                rest();
                continue;
            }
            try {
                takeWhileReachable(settings, batch);
            } catch (InterruptedException | WakeupException e) {
                LOG.debugf("Taking orders was interrupted topic=%s", topic);
            } catch (RuntimeException | Error e) {
                retries.failed(e);
                pause();
            }
        }
    }

    private void takeWhileReachable(Map<String, Object> settings, int batch) throws InterruptedException {
        var consumer = new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.setAcknowledgementCommitCallback((offsets, failure) -> {
                if (failure != null) LOG.warnf("Orders may be handed out again: %s", failure.getMessage());
            });
            consumer.subscribe(List.of(topic));
            takeWhileReachable(consumer, batch);
        } finally {
            consumer.close(CLOSING);
        }
    }

    private void takeWhileReachable(KafkaShareConsumer<byte[], byte[]> consumer, int batch)
            throws InterruptedException {
        // A consumer joins at its first poll, and is assigned partitions seconds later: before that it gets no record.
        consumer.poll(Duration.ZERO).forEach(order -> consumer.acknowledge(order, AcknowledgeType.RELEASE));
        while (!closing && reachable.getAsBoolean()) {
            if (!takes()) Thread.sleep(OPENING);
            else if (slots.reserve(batch)) take(consumer, batch);
        }
    }

    /**
     * Waits for orders and hands them over. The slots stay reserved until some come: after a poll without records a
     * request is still under way, and what it brings is locked for this consumer alone.
     */
    private void take(KafkaShareConsumer<byte[], byte[]> consumer, int batch) throws InterruptedException {
        int started = 0;
        try {
            var orders = consumer.poll(POLL);
            while (orders.isEmpty() && takes() && reachable.getAsBoolean()) orders = consumer.poll(POLL);
            for (var order : orders) {
                var taken = !takes() ? Taken.RETURNED : taker.take(order);
                if (taken == Taken.STARTED) started++;
                consumer.acknowledge(order, taken == Taken.RETURNED ? AcknowledgeType.RELEASE : AcknowledgeType.ACCEPT);
            }
            if (!orders.isEmpty()) consumer.commitAsync();
        } finally {
            slots.free(batch - started);
        }
    }

    private boolean takes() {
        return open && !closing && willing.getAsBoolean();
    }

    private static void rest() {
        try {
            Thread.sleep(UNREACHABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            retries.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
