package io.taskweaver.executor;

import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Repeats a search at an interval, on a thread of its own. One that fails is logged and repeated. */
final class SearchLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SearchLoop.class);

    /** How long the end of a search is waited for, which its thread's interrupt brings about. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String what;
    private final Search search;
    private final Duration interval;
    private final Thread thread;

    /** Searches once. */
    @FunctionalInterface
    interface Search {
        void run() throws InterruptedException;
    }

    /** @param what for the log, e.g. {@code search for orphaned runs} */
    SearchLoop(String what, Duration interval, Search search) {
        this.what = what;
        this.search = search;
        this.interval = interval;
        this.thread = Thread.ofVirtual().name(what).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    private void loop() {
        try {
            while (true) {
                searchSafely();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            LOG.debugf("The %s ended", what);
        }
    }

    private void searchSafely() throws InterruptedException {
        try {
            search.run();
        } catch (RuntimeException | Error e) {
            // Kafka's clients throw one of their own when they are interrupted, and leave the thread so.
            if (Thread.currentThread().isInterrupted()) throw new InterruptedException(e.toString());
            LOG.errorf(e, "The %s failed and is retried", what);
        }
    }

    /** Interrupts all searches, so that they end beside each other. */
    static void closeAll(List<SearchLoop> searches) {
        searches.forEach(search -> search.thread.interrupt());
        searches.forEach(SearchLoop::close);
    }

    /** Interrupts the search and waits for its end; one that does not end in time is named in the log. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            // A thread that was never started cannot be joined.
            if (thread.isAlive() && !thread.join(CLOSING)) LOG.warnf("The %s has not ended", what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
