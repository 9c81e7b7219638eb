package io.taskweaver.executor;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many more attempts may be taken. A slot is reserved before the queue is asked, so that nothing is taken that can
 * not start. Not fair on purpose: who wants one slot gets it before who waits for many.
 */
final class Slots {
    private final Semaphore free;

    Slots(int slots) {
        this.free = new Semaphore(slots);
    }

    /**
     * Reserves slots, all or none, waiting up to a moment.
     *
     * @return whether they were reserved
     */
    boolean reserve(int slots) throws InterruptedException {
        return free.tryAcquire(slots, 200, TimeUnit.MILLISECONDS);
    }

    /** Reserves slots, all or none, without waiting. */
    boolean reserveNow(int slots) {
        return free.tryAcquire(slots);
    }

    void free(int slots) {
        free.release(slots);
    }
}
