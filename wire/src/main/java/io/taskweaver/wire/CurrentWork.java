package io.taskweaver.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the threads of a service work on, and since when: one that is held up by one record shows up as not ready, although
 * it lives. Safe for use by several threads.
 */
public final class CurrentWork {
    private final InstantSource clock;
    private final Map<Thread, Item> items = new ConcurrentHashMap<>();

    /**
     * Something that is worked on.
     *
     * @param what topic and key, no content
     */
    public record Item(String what, Instant since) {
        /** Whether it has been worked on for longer than that. */
        public boolean isOlderThan(Duration limit, Instant now) {
            return since.plus(limit).isBefore(now);
        }
    }

    public CurrentWork(InstantSource clock) {
        this.clock = clock;
    }

    /** Works on something; what it throws goes on to the caller. */
    public void on(String what, Runnable work) {
        var thread = Thread.currentThread();
        items.put(thread, new Item(what, clock.instant()));
        try {
            work.run();
        } finally {
            items.remove(thread);
        }
    }

    /** Nobody waits any more for what a thread works on. */
    public void giveUp(Thread thread) {
        items.remove(thread);
    }

    /** What has been worked on for the longest time; empty if nothing is. */
    public Optional<Item> oldest() {
        return items.values().stream().min(Comparator.comparing(Item::since));
    }

    /** Whether nothing has been worked on for longer than that. */
    public boolean isMovingOn(Duration limit) {
        return oldest().filter(item -> item.isOlderThan(limit, clock.instant())).isEmpty();
    }
}
