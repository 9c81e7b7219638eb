package io.taskweaver.access;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** HTTP limits of clients. The maximum size of a body is {@code quarkus.http.limits.max-body-size}. */
@ConfigMapping(prefix = "taskweaver.http")
public interface HttpLimits {
    /**
     * Maximum connections, at most a quarter of the process's limit of open files. For one more, the one that has
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

    /**
     * Minimum rate at which a client must send a body or read an answer, bytes per second on average over each window.
     */
    @WithDefault("4K")
    MemorySize minimumRate();

    /** Window of {@link #minimumRate()}: a client may pause for that long. */
    @WithDefault("10s")
    Duration rateWindow();

    /** Total bytes of bodies being received and answers being sent. */
    @WithDefault("64M")
    MemorySize inFlight();

    /** Concurrent requests; others are queued. */
    @WithDefault("12")
    int concurrent();

    /** Maximum queued requests. */
    @WithDefault("1000")
    int queue();

    /** Maximum time in the queue. */
    @WithDefault("10s")
    Duration queueTimeout();
}
