package io.taskweaver.executor;

import io.taskweaver.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the fleet, at every interval, what this executor holds and can take: that keeps its leases. What it takes in
 * between is told at once, many together.
 */
final class Heartbeats implements Lease, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);
    private static final Duration LEAST_GAP = Duration.ofMillis(100);

    private final String executor;
    private final Duration interval;
    private final Duration lease;
    private final Supplier<Beat> beat;
    private final Events events;
    private final EventProducer producer;
    private final InstantSource clock;
    private final Thread thread;

    private record Arrived(long nanos, Instant at) {}

    private volatile @Nullable Arrived arrived;
    private boolean soon;
    private boolean closing;

    Heartbeats(
            String executor,
            ExecutorSettings settings,
            Supplier<Beat> beat,
            Events events,
            EventProducer producer,
            InstantSource clock) {
        this.executor = executor;
        this.interval = settings.heartbeatInterval();
        this.lease = settings.lease();
        this.beat = beat;
        this.events = events;
        this.producer = producer;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("heartbeats").daemon().unstarted(this::beatOn);
    }

    void start() {
        thread.start();
    }

    /** Sends a beat within a moment, not only at the next interval. */
    synchronized void soon() {
        soon = true;
        notifyAll();
    }

    /** Half of the lease is left to the request that begins a run. By both clocks: the machine may have slept. */
    @Override
    public boolean isFresh() {
        var last = arrived;
        var limit = lease.dividedBy(2);
        return last != null
                && System.nanoTime() - last.nanos() < limit.toNanos()
                && Duration.between(last.at(), clock.instant()).compareTo(limit) < 0;
    }

    @Override
    public boolean renew() throws InterruptedException {
        try {
            send().get(lease.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("A heartbeat did not arrive executor=%s", executor);
            return false;
        }
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
            producer.send(Topics.EXECUTOR_HEARTBEAT, executor, null)
                    .orTimeout(2, TimeUnit.SECONDS)
                    .join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CompletionException e) {
            LOG.warnf("The fleet could not be told that this executor leaves executor=%s", executor);
        }
    }

    private void beatOn() {
        try {
            while (awaitNext()) {
                var _ = send().exceptionally(failure -> {
                    LOG.warnf("A heartbeat did not arrive executor=%s", executor);
                    return null;
                });
            }
        } catch (InterruptedException e) {
            LOG.debugf("Heartbeats end executor=%s", executor);
        }
    }

    /** Takes the picture and hands it over in one go, so that no older picture follows a newer one. */
    private synchronized CompletableFuture<Void> send() {
        long nanos = System.nanoTime();
        var at = clock.instant();
        return producer.send(Topics.EXECUTOR_HEARTBEAT, executor, events.heartbeat(beat.get(), interval))
                .thenRun(() -> arrived = new Arrived(nanos, at));
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
