package io.taskweaver.access;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a client may take up over HTTP. How large one body may be is {@code quarkus.http.limits.max-body-size}. */
@ConfigMapping(prefix = "taskweaver.http")
public interface HttpLimits {
    /**
     * Connections at once, at most a quarter of the files that the process may open. For one more, the one that has
     * waited longest for its client is closed.
     */
    @WithDefault("2000")
    int connections();

    /** How long a client may take to send the head of a request. */
    @WithDefault("10s")
    Duration headTimeout();

    /** How long a connection is kept open between two requests. */
    @WithDefault("60s")
    Duration idleTimeout();

    /** Bytes that a client has to send of a body, or to read of an answer, per second, on average over each window. */
    @WithDefault("4K")
    MemorySize minimumRate();

    /** The time over which {@link #minimumRate()} is measured: a client may pause for as long. */
    @WithDefault("10s")
    Duration rateWindow();

    /** Bytes of bodies that are being received and of answers that are being sent, together. */
    @WithDefault("64M")
    MemorySize inFlight();

    /** Requests that are worked on at once; others wait for their turn. */
    @WithDefault("12")
    int concurrent();

    /** Requests that may wait for their turn. */
    @WithDefault("1000")
    int queue();

    /** How long a request may wait for its turn. */
    @WithDefault("10s")
    Duration queueTimeout();
}
