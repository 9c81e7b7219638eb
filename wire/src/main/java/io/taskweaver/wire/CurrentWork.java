package io.taskweaver.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The current work of a service's threads and its start times: a thread that is blocked by one record makes the service
 * not ready, although it is alive. Thread-safe.
 */
public final class CurrentWork {
    private final InstantSource clock;
    private final Map<Thread, Item> items = new ConcurrentHashMap<>();

    /**
     * A unit of work.
     *
     * @param what topic and key, without content
     */
    public record Item(String what, Instant since) {
        /** Whether it takes longer than a limit. */
        public boolean isOlderThan(Duration limit, Instant now) {
            return since.plus(limit).isBefore(now);
        }
    }

    public CurrentWork(InstantSource clock) {
        this.clock = clock;
    }

    /** Runs a unit of work; exceptions propagate to the caller. */
    public void on(String what, Runnable work) {
        var thread = Thread.currentThread();
        items.put(thread, new Item(what, clock.instant()));
        try {
            work.run();
        } finally {
            items.remove(thread);
        }
    }

    /** Removes work that nobody waits for any more. */
    public void giveUp(Thread thread) {
        items.remove(thread);
    }

    /** The oldest current work; empty if there is none. */
    public Optional<Item> oldest() {
        return items.values().stream().min(Comparator.comparing(Item::since));
    }

    /** Whether no work takes longer than a limit. */
    public boolean isMovingOn(Duration limit) {
        return oldest().filter(item -> item.isOlderThan(limit, clock.instant())).isEmpty();
    }
}
