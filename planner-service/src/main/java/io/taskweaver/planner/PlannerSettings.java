package io.taskweaver.planner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the planner. */
@ConfigMapping(prefix = "taskweaver.planner")
public interface PlannerSettings {
    /** Folder of the local state, which the broker keeps a copy of. */
    @WithDefault(".taskweaver/planner")
    String stateDir();

    /** Threads that work on partitions. */
    @WithDefault("1")
    int threads();

    /** How often delays and overdue answers are looked at. */
    @WithDefault("100ms")
    Duration tick();

    /** How long no executor may name an attempt before it is issued again. */
    @WithDefault("5s")
    Duration lease();

    /** How long a contract is awaited before it is asked for again. */
    @WithDefault("5s")
    Duration contractPatience();

    /** How long the merge of a completed result is awaited before the attempt is issued again. */
    @WithDefault("60s")
    Duration mergePatience();

    /** First wait after a failure that time may heal; it doubles each time. */
    @WithDefault("1s")
    Duration backoff();

    /** Longest such wait. */
    @WithDefault("5m")
    Duration longestBackoff();

    /** How often the position in the topics is kept; what came after it is read again after a kill. */
    @WithDefault("100ms")
    Duration commitInterval();

    /** How long the broker waits for a planner that is silent before another takes over. */
    @WithDefault("6s")
    Duration sessionTimeout();

    /** Name of this instance, stable over restarts: with it a restarted planner goes on at once. */
    Optional<String> instanceId();

    /** How long an orderly stop may take. */
    @WithDefault("10s")
    Duration closeTimeout();
}
