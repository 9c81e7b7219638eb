package io.taskweaver.executor;

import io.taskweaver.model.event.OutputSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What one attempt prints. Thread-safe. */
final class AttemptOutput {
    private static final Logger LOG = Logger.getLogger(AttemptOutput.class);

    private final OutputPublisher home;
    private final IssuedAttempt ready;
    private final OutputSource source;
    private final Instant since;
    private final boolean isKept;
    private final OutputWindow window;
    private final long begun = System.nanoTime();
    private long time = -1;
    private boolean isPublished;
    private boolean isOver;
    private @Nullable Future<?> due;

    /** @param limit characters that are kept; 0 for none */
    AttemptOutput(OutputPublisher home, IssuedAttempt ready, OutputSource source, Instant since, int limit) {
        this.home = home;
        this.ready = ready;
        this.source = source;
        this.since = since;
        this.isKept = limit > 0;
        this.window = new OutputWindow(limit);
    }

    /** Something was printed; without secrets. */
    synchronized void add(String text) {
        if (!isKept || isOver) return;
        window.add(text);
        schedule();
    }

    /** Something was printed that nobody read. */
    synchronized void skip(long characters) {
        if (!isKept || isOver) return;
        window.skip(characters);
    }

    /** Whatever printed has ended. */
    synchronized void stopped() {
        if (time < 0) time = System.nanoTime() - begun;
    }

    private Duration age() {
        return Duration.ofNanos(time < 0 ? System.nanoTime() - begun : time);
    }

    private void schedule() {
        if (due != null) return;
        try {
            due = home.schedule(this::batch, age());
        } catch (RejectedExecutionException e) {
            LOG.debugf("The executor leaves: an output is published when its attempt ends attempt=%s", ready.attempt());
        }
    }

    private synchronized void batch() {
        due = null;
        if (!isOver && age().compareTo(home.after()) >= 0) send(false);
    }

    /**
     * Nothing follows.
     *
     * @param isWanted whether it is published even if the attempt was a short one
     */
    synchronized void end(boolean isWanted) {
        if (isOver) return;
        stopped();
        isOver = true;
        if (due != null) due.cancel(false);
        if (isKept && (isPublished || isWanted || age().compareTo(home.after()) >= 0)) send(true);
    }

    /** The attempt is left to another executor, which reads its output again. */
    synchronized void leave() {
        if (isOver) return;
        isOver = true;
        if (due != null) due.cancel(false);
        if (isKept && age().compareTo(home.after()) >= 0) send(false);
    }

    private void send(boolean isEnd) {
        var parts = isEnd ? window.end() : window.next();
        if (parts.isEmpty() && isEnd && isPublished) parts.add(new OutputWindow.Part(window.position(), ""));
        for (var part : parts) {
            boolean isLast = isEnd && part == parts.getLast();
            home.send(home.events().printed(ready.event(), source, since, part, isLast), ready.trace());
            isPublished = true;
        }
    }
}
