package io.taskweaver.domain.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * How a plan is made and run.
 *
 * @param title empty takes the first document's heading
 * @param agent name of the coding agent back end
 * @param maxConcurrent most tasks in flight at once; 0 means as many as the fleet has slots
 * @param maxAttempts attempts a task has before it fails, at least 1
 * @param attemptTimeout wall time of one attempt
 * @param basePackage Java package of generated interfaces
 * @param base code that the plan starts from, for agents that work in a folder; empty if it is in no repository
 */
public record PlanOptions(
        Optional<String> title,
        String agent,
        int maxConcurrent,
        int maxAttempts,
        Duration attemptTimeout,
        String basePackage,
        Optional<BaseCommit> base) {
    public static final PlanOptions DEFAULT =
            new PlanOptions(Optional.empty(), "simulated", 0, 3, Duration.ofHours(1), "app", Optional.empty());

    public PlanOptions {
        if (agent.isBlank()) throw new IllegalArgumentException("agent must be named");
        if (maxConcurrent < 0) throw new IllegalArgumentException("maxConcurrent must not be negative");
        if (maxAttempts < 1) throw new IllegalArgumentException("maxAttempts must be at least 1");
        if (!attemptTimeout.isPositive()) throw new IllegalArgumentException("attemptTimeout must be positive");
    }
}
