package io.taskweaver.executor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Publishes the progress of an attempt, if it has news and not too often. */
final class ProgressReporter {
    private static final Logger LOG = Logger.getLogger(ProgressReporter.class);

    private final AttemptPublisher reports;
    private final AttemptEvents events;
    private final IssuedAttempt ready;
    private final Duration interval;
    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private String last = "";

    ProgressReporter(
            AttemptPublisher reports,
            AttemptEvents events,
            IssuedAttempt ready,
            Duration interval,
            InstantSource clock) {
        this.reports = reports;
        this.events = events;
        this.ready = ready;
        this.interval = interval;
        this.clock = clock;
    }

    /** The activity of a run changed. */
    void changed(String runId, String message) {
        report(Optional.of(runId), message);
    }

    /** The attempt waits for something. */
    void waiting(String message) {
        report(Optional.empty(), message);
    }

    /** The attempt cannot go on before somebody does something: told at once. */
    synchronized void blocked(String message) {
        next = Instant.MIN;
        report(Optional.empty(), message);
    }

    private synchronized void report(Optional<String> runId, String message) {
        var now = clock.instant();
        if (message.equals(last) || now.isBefore(next)) return;
        last = message;
        next = now.plus(interval);
        var _ = reports.send(events.progressed(ready.event(), runId, message), ready.trace())
                .exceptionally(failure -> {
                    LOG.warnf(
                            failure,
                            "A progress report was lost attempt=%s",
                            ready.attempt().id());
                    return null;
                });
    }
}
