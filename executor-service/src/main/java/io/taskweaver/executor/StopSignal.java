package io.taskweaver.executor;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Stops one attempt from outside, and only while it waits for others: never in the middle of a write. */
final class StopSignal {

    /** Why an attempt is stopped. */
    enum Reason {
        /** Its plan was cancelled. */
        PLAN_CANCELLED("The plan was cancelled."),
        /** Its task was cancelled. */
        TASK_CANCELLED("The task was cancelled."),
        /** A newer attempt at the task was ordered. */
        SUPERSEDED("A newer attempt at the task was ordered."),
        /** This executor shuts down: another one goes on with it. */
        SHUTDOWN("The executor shuts down.");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Leaves an attempt that is to stop. */
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

    /** Asks the attempt to stop; the first reason counts. */
    synchronized void request(Reason reason) {
        if (requested == null) requested = reason;
        if (waiting != null) waiting.interrupt();
    }

    /** Leaves if a stop was requested. */
    synchronized void check() throws Stopped {
        if (requested != null) throw new Stopped(requested);
    }

    /** Runs something that may be interrupted by a request. */
    <T> T interruptibly(Callable<T> work) throws Stopped {
        synchronized (this) {
            check();
            waiting = Thread.currentThread();
        }
        try {
            return work.call();
        } catch (InterruptedException e) {
            throw new Stopped(reason());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            synchronized (this) {
                waiting = null;
                // A request that came too late to be noticed must not interrupt what follows.
                var _ = Thread.interrupted();
            }
        }
    }

    private synchronized Reason reason() {
        return requested == null ? Reason.SHUTDOWN : requested;
    }
}
