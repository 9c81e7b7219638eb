package io.taskweaver.executor;

import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Takes as many issued attempts as there are free slots, on threads of its own; after a failure they start again. */
abstract class AttemptIntake implements AutoCloseable {
    /** How long a consumer may take to leave. */
    static final Duration CLOSING = Duration.ofSeconds(3);

    private static final Logger LOG = Logger.getLogger(AttemptIntake.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);

    final String topic;
    final Slots slots;
    final Taker taker;
    private final BooleanSupplier willing;
    private final Retries retries;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open;
    private volatile boolean closing;

    /** How an issued attempt was handled. */
    enum Taken {
        /** It occupies a slot until that is released. */
        STARTED,
        /** No action is needed. */
        DONE,
        /** It could not be handled now: it is delivered again. */
        RETURNED
    }

    /** Handles issued attempts, without blocking. */
    @FunctionalInterface
    interface Taker {
        Taken take(ConsumerRecord<byte[], byte[]> issued) throws InterruptedException;
    }

    /** What a thread does from joining the group to leaving it. */
    @FunctionalInterface
    interface Membership {
        void run() throws InterruptedException;
    }

    /** @param willing whether attempts are taken now */
    AttemptIntake(ClusterSettings cluster, Slots slots, BooleanSupplier willing, Taker taker) {
        this.topic = Topics.TASK_READY.name(cluster.topicPrefix());
        this.retries = new Retries(getClass(), "taking attempts", cluster);
        this.slots = slots;
        this.willing = willing;
        this.taker = taker;
    }

    /** Adds a thread; it is a member again and again until this is closed. */
    final void add(String name, Membership membership) {
        threads.add(Thread.ofPlatform().name(name).daemon().unstarted(() -> {
            while (!closing) run(membership);
        }));
    }

    private void run(Membership membership) {
        try {
            try {
                membership.run();
            } catch (InterruptedException | WakeupException e) {
                LOG.debugf("Taking attempts was interrupted topic=%s", topic);
            } catch (RuntimeException | Error e) {
                retries.failed(e);
                retries.pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Joins the group; takes nothing before {@link #open}. */
    final void start() {
        threads.forEach(Thread::start);
    }

    /** Takes attempts from now on. */
    final void open() {
        open = true;
    }

    final boolean isAlive() {
        return threads.stream().allMatch(Thread::isAlive);
    }

    final boolean isClosing() {
        return closing;
    }

    /** Whether attempts are taken now. */
    final boolean takes() {
        return open && !closing && willing.getAsBoolean();
    }

    static void warnOfRepetition(Exception failure) {
        LOG.warnf("Attempts may be delivered again: %s", failure.getMessage());
    }

    /** Takes no more attempts. */
    @Override
    public final void close() {
        closing = true;
        for (var thread : threads)
            try {
                // A thread that was never started cannot be joined.
                if (thread.isAlive()) thread.join(CLOSING.plus(LONGEST_POLL));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
    }
}
