package io.taskweaver.executor;

import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Publishes at every interval what this executor runs and can take, which renews its leases. New attempts are published
 * immediately, batched.
 */
final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);
    private static final Duration LEAST_GAP = Duration.ofMillis(100);

    /** After this many unanswered heartbeats the broker counts as unreachable. */
    private static final int MISSED = 5;

    private final String executor;
    private final Duration interval;
    private final Supplier<ExecutorHeartbeat> heartbeat;
    private final EventProducer producer;
    private final Retries retries;
    private final Thread thread;

    private volatile long arrivedAt = System.nanoTime();
    private boolean soon;
    private boolean closing;

    Heartbeats(
            String executor,
            ExecutorSettings settings,
            Supplier<ExecutorHeartbeat> heartbeat,
            EventProducer producer,
            Retries retries) {
        this.retries = retries;
        this.executor = executor;
        this.interval = settings.heartbeatInterval();
        this.heartbeat = heartbeat;
        this.producer = producer;
        this.thread = Thread.ofPlatform().name("heartbeats").daemon().unstarted(this::heartbeatLoop);
    }

    void start() {
        arrivedAt = System.nanoTime();
        thread.start();
    }

    /** Sends a heartbeat soon, not only at the next interval. */
    synchronized void soon() {
        soon = true;
        notifyAll();
    }

    /** Whether the broker recently accepted a heartbeat, or none was sent yet. */
    boolean arrive() {
        return System.nanoTime() - arrivedAt < interval.multipliedBy(MISSED).toNanos();
    }

    /** Stops, and publishes that this executor left. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(interval.plusSeconds(1));
            producer.left(executor).orTimeout(2, TimeUnit.SECONDS).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CompletionException e) {
            LOG.warnf(e, "The leaving of this executor could not be published executor=%s", executor);
        }
    }

    private void heartbeatLoop() {
        try {
            while (awaitNext()) sendHeartbeat();
        } catch (InterruptedException e) {
            LOG.debugf("Heartbeats end executor=%s", executor);
        }
    }

    /**
     * After any failure the next heartbeat is tried: without heartbeats, all attempts here would be reissued to others.
     */
    private void sendHeartbeat() {
        try {
            var _ = send().handle((sent, failure) -> {
                if (failure == null) retries.over();
                // Not on the producer's thread: the diagnosis may take long.
                else Thread.ofVirtual().name("heartbeat-failed").start(() -> retries.failed(failure));
                return null;
            });
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "A heartbeat could not be sent executor=%s", executor);
        }
    }

    /** Takes and sends the snapshot atomically, so that no older snapshot follows a newer one. */
    private synchronized CompletableFuture<Void> send() {
        return producer.send(heartbeat.get()).thenRun(() -> arrivedAt = System.nanoTime());
    }

    private synchronized boolean awaitNext() throws InterruptedException {
        long started = System.nanoTime();
        while (!closing) {
            long waited = (System.nanoTime() - started) / 1_000_000;
            long left = (soon ? LEAST_GAP : interval).toMillis() - waited;
            if (left <= 0) break;
            wait(left);
        }
        soon = false;
        return !closing;
    }
}
