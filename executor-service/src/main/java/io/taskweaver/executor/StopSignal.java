package io.taskweaver.executor;

import org.jspecify.annotations.Nullable;

/** Stops one attempt from outside, only while it waits: never during a write. */
final class StopSignal {

    /** Why an attempt is stopped. */
    enum Reason {
        /** Its plan was cancelled. */
        PLAN_CANCELLED("The plan was cancelled."),
        /** Its task was cancelled. */
        TASK_CANCELLED("The task was cancelled."),
        /** A newer attempt at the task was issued. */
        SUPERSEDED("A newer attempt at the task was issued."),
        /** This executor shuts down: another one continues the attempt. */
        SHUTDOWN("The executor shuts down.");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Thrown to leave an attempt that is to stop. */
    static final class Stopped extends Exception {
        private final Reason reason;

        Stopped(Reason reason) {
            super(reason.text(), null, false, false);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }

    private @Nullable Reason requested;
    private @Nullable Thread waiting;

    /** Requests a stop; the first reason counts until it is heeded. */
    synchronized void request(Reason reason) {
        if (requested == null) requested = reason;
        if (waiting != null) waiting.interrupt();
    }

    /** Throws if a stop was requested. */
    synchronized void check() throws Stopped {
        if (requested != null) throw new Stopped(requested);
    }

    /** What was requested is being done: only another request stops that. */
    synchronized void heed() {
        requested = null;
    }

    /** Code that a stop may interrupt. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws InterruptedException, E;
    }

    /** Runs code that a stop may interrupt. */
    <T, E extends Exception> T interruptibly(Work<T, E> work) throws Stopped, E {
        synchronized (this) {
            check();
            waiting = Thread.currentThread();
        }
        try {
            return work.run();
        } catch (InterruptedException e) {
            throw new Stopped(reason());
        } finally {
            synchronized (this) {
                waiting = null;
                // A late request must not interrupt the code that follows.
                var _ = Thread.interrupted();
            }
        }
    }

    private synchronized Reason reason() {
        return requested == null ? Reason.SHUTDOWN : requested;
    }
}
