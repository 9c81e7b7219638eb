package io.taskweaver.domain.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a plan is made and run.
 *
 * @param title empty takes the first document's heading
 * @param agent name of the coding agent back end
 * @param fallbacks agents that go on where the one before gives up, in their order
 * @param maxConcurrent most tasks in flight at once; 0 means as many as the fleet has slots
 * @param maxAttempts attempts a task has before it fails, at least 1
 * @param attemptTimeout wall time of one attempt
 * @param basePackage Java package of generated interfaces
 * @param verify command that has to succeed where a result is, before it counts as one
 * @param base code that the plan starts from, for agents that work in a folder; empty if it is in no repository
 */
public record PlanOptions(
        Optional<String> title,
        String agent,
        List<String> fallbacks,
        int maxConcurrent,
        int maxAttempts,
        Duration attemptTimeout,
        String basePackage,
        Optional<String> verify,
        Optional<BaseCommit> base) {
    public static final PlanOptions DEFAULT = new PlanOptions(
            Optional.empty(),
            "simulated",
            List.of(),
            0,
            3,
            Duration.ofHours(1),
            "app",
            Optional.empty(),
            Optional.empty());

    public PlanOptions {
        fallbacks = List.copyOf(fallbacks);
        verify = verify.filter(command -> !command.isBlank());
        if (agent.isBlank() || fallbacks.stream().anyMatch(String::isBlank))
            throw new IllegalArgumentException("agent must be named");
        if (maxConcurrent < 0) throw new IllegalArgumentException("maxConcurrent must not be negative");
        if (maxAttempts < 1) throw new IllegalArgumentException("maxAttempts must be at least 1");
        if (!attemptTimeout.isPositive()) throw new IllegalArgumentException("attemptTimeout must be positive");
    }

    /** All agents of the plan, in the order in which they are tried; at least one. */
    public List<String> agents() {
        return Stream.concat(Stream.of(agent), fallbacks.stream()).toList();
    }

    /** The agent that runs an attempt. */
    public String agentOf(int index) {
        var agents = agents();
        return agents.get(Math.min(index, agents.size() - 1));
    }
}
