package io.taskweaver.executor;

import io.taskweaver.domain.event.ExecutorHeartbeat;
import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Tells the fleet, at every interval, what this executor holds and can take: that keeps its leases. What it takes in
 * between is told at once, many together.
 */
final class Heartbeats implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);
    private static final Duration LEAST_GAP = Duration.ofMillis(100);

    /** So many without an answer, and the broker is away. */
    private static final int MISSED = 5;

    private final String executor;
    private final Duration interval;
    private final Supplier<ExecutorHeartbeat> beat;
    private final EventProducer producer;
    private final Retries retries;
    private final Thread thread;

    private volatile long arrivedAt = System.nanoTime();
    private boolean soon;
    private boolean closing;

    Heartbeats(
            String executor,
            ExecutorSettings settings,
            Supplier<ExecutorHeartbeat> beat,
            EventProducer producer,
            Retries retries) {
        this.retries = retries;
        this.executor = executor;
        this.interval = settings.heartbeatInterval();
        this.beat = beat;
        this.producer = producer;
        this.thread = Thread.ofPlatform().name("heartbeats").daemon().unstarted(this::beatOn);
    }

    void start() {
        arrivedAt = System.nanoTime();
        thread.start();
    }

    /** Sends a beat within a moment, not only at the next interval. */
    synchronized void soon() {
        soon = true;
        notifyAll();
    }

    /** Whether the broker took a heartbeat lately, or might take the first. */
    boolean arrive() {
        return System.nanoTime() - arrivedAt < interval.multipliedBy(MISSED).toNanos();
    }

    /** Stops, and says that this executor left. */
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
            LOG.warnf("The fleet could not be told that this executor leaves executor=%s", executor);
        }
    }

    private void beatOn() {
        try {
            while (awaitNext()) beatOnce();
        } catch (InterruptedException e) {
            LOG.debugf("Heartbeats end executor=%s", executor);
        }
    }

    /** Whatever goes wrong, the next beat is tried: without any, all that runs here would be given to others. */
    private void beatOnce() {
        try {
            var _ = send().handle((sent, failure) -> {
                if (failure == null) retries.over();
                // Not on the producer's own thread: the reason may have to be looked for.
                else Thread.ofVirtual().name("heartbeat-failed").start(() -> retries.failed(failure));
                return null;
            });
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "A heartbeat could not be sent executor=%s", executor);
        }
    }

    /** Takes the picture and hands it over in one go, so that no older picture follows a newer one. */
    private synchronized CompletableFuture<Void> send() {
        return producer.send(beat.get()).thenRun(() -> arrivedAt = System.nanoTime());
    }

    private synchronized boolean awaitNext() throws InterruptedException {
        long begun = System.nanoTime();
        while (!closing) {
            long waited = (System.nanoTime() - begun) / 1_000_000;
            long left = (soon ? LEAST_GAP : interval).toMillis() - waited;
            if (left <= 0) break;
            wait(left);
        }
        soon = false;
        return !closing;
    }
}
