package io.taskweaver.executor;

import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all of a topic, or what is new enough, then follows it, on a thread of its own. After a failure it starts over, so
 * what it hands records to must bear them twice.
 */
final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String topic;
    private final Map<String, Object> settings;
    private final Retries retries;
    private final Optional<Duration> lookBack;
    private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
    private final Admin admin;
    private final Thread thread;

    // Guarded by this.
    private Map<TopicPartition, Long> positions = Map.of();
    private boolean caughtUp;
    private volatile boolean closing;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** @param reader is called on the follower's thread */
    TopicFollower(
            String topic,
            Map<String, Object> settings,
            Retries retries,
            Admin admin,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        this(topic, settings, retries, admin, Optional.empty(), reader);
    }

    /**
     * @param lookBack how old the first records may be; empty for all
     * @param reader is called on the follower's thread
     */
    TopicFollower(
            String topic,
            Map<String, Object> settings,
            Retries retries,
            Admin admin,
            Optional<Duration> lookBack,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        this.topic = topic;
        this.retries = retries;
        this.settings = new HashMap<>(settings);
        this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        this.settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        this.settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
        this.lookBack = lookBack;
        this.reader = reader;
        this.admin = admin;
        this.thread = Thread.ofPlatform().name("follow-" + topic).daemon().unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /** Whether all that was there at the start has been read. */
    synchronized boolean isCaughtUp() {
        return caughtUp;
    }

    /** Waits until all that was there at the start has been read. */
    synchronized void awaitCaughtUp() throws InterruptedException {
        while (!caughtUp && !closing) wait();
    }

    /**
     * Waits until all that is there now has been read.
     *
     * @throws KafkaException if the broker can not be asked where the end is, or the end is not reached within the limit
     */
    void readUpToEnd(Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        awaitCaughtUp();
        var ends = ends(limit);
        synchronized (this) {
            while (!reached(ends)) {
                var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (closing || left <= 0) throw new KafkaException("the end of " + topic + " was not reached in time");
                wait(left);
            }
        }
    }

    /** Records that are there and not yet read. */
    long lag() {
        try {
            var ends = ends(Duration.ofSeconds(5));
            synchronized (this) {
                return ends.entrySet().stream()
                        .mapToLong(end -> Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L)))
                        .sum();
            }
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
        var reading = consumer;
        if (reading != null) reading.wakeup();
        synchronized (this) {
            notifyAll();
        }
        // One that was never started can not be joined.
        if (!thread.isAlive()) return;
        try {
            // Only a reader that waits for something else than the broker has to be interrupted.
            if (!thread.join(Duration.ofSeconds(3))) thread.interrupt();
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        while (!closing) {
            try (var reading =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = reading;
                readAll(reading);
            } catch (WakeupException | org.apache.kafka.common.errors.InterruptException e) {
                if (!closing) LOG.warnf("Reading was interrupted; starting over topic=%s", topic);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (closing) return;
                retries.failed(e);
                if (!paused()) return;
            } finally {
                consumer = null;
            }
        }
    }

    private void readAll(KafkaConsumer<byte[], byte[]> reading) throws InterruptedException {
        var partitions = partitions(reading);
        reading.assign(partitions);
        seek(reading, partitions);
        var ends = reading.endOffsets(partitions);
        while (!closing) {
            for (var record : reading.poll(POLL)) reader.accept(record);
            var now = partitions.stream().collect(Collectors.toMap(partition -> partition, reading::position));
            synchronized (this) {
                positions = now;
                caughtUp |= reached(ends);
                notifyAll();
            }
        }
    }

    private void seek(KafkaConsumer<byte[], byte[]> reading, List<TopicPartition> partitions) {
        reading.seekToBeginning(partitions);
        if (lookBack.isEmpty()) return;
        long from = System.currentTimeMillis() - lookBack.get().toMillis();
        var times = partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> from));
        reading.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) reading.seekToEnd(List.of(partition));
            else reading.seek(partition, found.offset());
        });
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> reading) throws InterruptedException {
        while (!closing) {
            var infos = reading.partitionsFor(topic);
            if (!infos.isEmpty()) {
                retries.over();
                return infos.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
            }
            retries.waitFor("the topic " + topic + " is missing. Create it with: taskweaver topics apply");
            retries.pause();
        }
        throw new InterruptedException("closing");
    }

    private Map<TopicPartition, Long> ends(Duration limit) throws InterruptedException {
        List<TopicPartition> partitions;
        synchronized (this) {
            partitions = List.copyOf(positions.keySet());
        }
        var latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            return admin.listOffsets(latest).all().get(limit.toMillis(), TimeUnit.MILLISECONDS).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the end of " + topic + " is not known", e);
        }
    }

    private synchronized boolean reached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private boolean paused() {
        try {
            retries.pause();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
