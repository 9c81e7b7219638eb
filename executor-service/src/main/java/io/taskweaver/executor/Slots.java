package io.taskweaver.executor;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Free slots. A slot is reserved before the queue is polled, so that every attempt taken can start. Deliberately
 * unfair: a request for one slot is served before one for many.
 */
final class Slots {
    private final Permits free;

    /** Permits that may be overdrawn. */
    private static final class Permits extends Semaphore {
        Permits(int permits) {
            super(permits);
        }

        void overdraw(int permits) {
            reducePermits(permits);
        }
    }

    Slots(int slots) {
        this.free = new Permits(slots);
    }

    /**
     * Reserves slots, all or none, waiting at most until a time.
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

    /** Takes a slot for work that is already paid, whether one is free or not. */
    void overdraw() {
        free.overdraw(1);
    }

    void free(int slots) {
        free.release(slots);
    }
}
