package io.taskweaver.wire;

import io.taskweaver.model.event.Event;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all or recent events of a topic, then follows it, on its own thread. It waits during an outage of the registry;
 * after any other failure it restarts from the beginning, so its handler must tolerate duplicates.
 */
public final class TopicFollower<E extends Event> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Handles the result of reading a record, on the follower's thread. */
    @FunctionalInterface
    public interface Handler<E extends Event> {
        void take(ConsumerRecord<byte[], byte[]> source, DecodedRecord<E> reading);
    }

    private final ClusterSettings cluster;
    private final String client;
    private final Class<E> type;
    private final Topic<?> topic;
    private final Optional<Duration> lookBack;
    private final Handler<E> handler;
    private final EventReader events;
    private final Retries retries;
    private final Thread thread;

    // Guarded by this.
    private Map<TopicPartition, Long> positions = Map.of();
    private boolean caughtUp;
    private volatile boolean closing;
    private volatile @Nullable TopicReader reader;

    /**
     * @param client name of the consumer in logs and metrics
     * @param type of the topic's events
     * @param lookBack maximum age of the first records; empty for all
     */
    public TopicFollower(
            ClusterSettings cluster, String client, Class<E> type, Optional<Duration> lookBack, Handler<E> handler) {
        this.cluster = cluster;
        this.client = client;
        this.type = type;
        this.topic = EventMappings.topicOf(type);
        this.lookBack = lookBack;
        this.handler = handler;
        this.events = new EventReader(cluster.serdes());
        this.retries = new Retries(TopicFollower.class, client, cluster);
        this.thread = Thread.ofPlatform().name(client).daemon().unstarted(this::follow);
    }

    public void start() {
        thread.start();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Whether all records present at the start were read. */
    public synchronized boolean isCaughtUp() {
        return caughtUp;
    }

    /** Waits until all records present at the start were read. */
    public synchronized void awaitCaughtUp() throws InterruptedException {
        while (!caughtUp && !closing) wait();
    }

    /**
     * Waits until all records present now were read.
     *
     * @throws KafkaException if the broker does not return the end offsets, or the end is not reached within the limit
     */
    public void readUpToEnd(Admin admin, Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        await(end, () -> caughtUp);
        var ends = ends(admin, limit);
        await(end, () -> lag(ends) == 0);
    }

    private synchronized void await(long end, BooleanSupplier reached) throws InterruptedException {
        while (!reached.getAsBoolean()) {
            var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (closing || left <= 0)
                throw new KafkaException("the end of " + topic.name() + " was not reached in time");
            wait(left);
        }
    }

    /** Number of unread records; -1 if the broker does not answer. */
    public long lag(Admin admin) {
        try {
            return lag(ends(admin, Duration.ofSeconds(5)));
        } catch (KafkaException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        closing = true;
        var reading = reader;
        if (reading != null) reading.wakeup();
        synchronized (this) {
            notifyAll();
        }
        // A thread that was never started cannot be joined.
        if (thread.isAlive()) await();
        events.close();
    }

    private void await() {
        try {
            // Only a handler that waits for something other than the broker must be interrupted.
            if (!thread.join(Duration.ofSeconds(3))) thread.interrupt();
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        while (!closing) {
            try (var reading = new TopicReader(cluster, client, topic)) {
                reader = reading;
                follow(reading);
            } catch (WakeupException | InterruptException e) {
                if (!closing) LOG.warn("Reading was interrupted and restarts topic={}", topic.name());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (closing || !paused(e)) return;
            } finally {
                reader = null;
            }
        }
    }

    private void follow(TopicReader reading) throws InterruptedException {
        reading.open();
        lookBack.ifPresent(age ->
                reading.seek(any -> new TopicReader.Start.At(Instant.now().minus(age))));
        retries.over();
        while (!closing) {
            for (var record : reading.poll(POLL)) handler.take(record, events.read(type, record, retries));
            synchronized (this) {
                positions = reading.positions();
                caughtUp |= reading.isCaughtUp();
                notifyAll();
            }
        }
    }

    private boolean paused(Throwable failure) {
        try {
            if (failure instanceof UnknownTopicOrPartitionException missing)
                retries.waitFor(String.valueOf(missing.getMessage()));
            else retries.failed(failure);
            retries.pause();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private Map<TopicPartition, Long> ends(Admin admin, Duration limit) throws InterruptedException {
        List<TopicPartition> partitions;
        synchronized (this) {
            partitions = List.copyOf(positions.keySet());
        }
        var latest = partitions.stream().collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest()));
        try {
            return admin.listOffsets(latest).all().get(limit.toMillis(), TimeUnit.MILLISECONDS).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the end of " + topic.name() + " is not known", e);
        }
    }

    private synchronized long lag(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
