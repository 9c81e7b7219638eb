package io.taskweaver.executor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Reports an attempt's signs of life, when they say something new and not too often. */
final class Progress {
    private final Reports reports;
    private final Ready ready;
    private final Duration interval;
    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private String last = "";

    Progress(Reports reports, Ready ready, Duration interval, InstantSource clock) {
        this.reports = reports;
        this.ready = ready;
        this.interval = interval;
        this.clock = clock;
    }

    /** A run does something else now. */
    void changed(String runId, String message) {
        report(Optional.of(runId), message);
    }

    /** The attempt waits for something. */
    void waiting(String message) {
        report(Optional.empty(), message);
    }

    private synchronized void report(Optional<String> runId, String message) {
        var now = clock.instant();
        if (message.equals(last) || now.isBefore(next)) return;
        last = message;
        next = now.plus(interval);
        reports.progressed(ready, runId, message);
    }
}
