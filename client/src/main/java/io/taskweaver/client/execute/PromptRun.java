package io.taskweaver.client.execute;

import io.taskweaver.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a prompt stands.
 *
 * @param id of the prompt
 * @param attempt number of the attempt that runs or ran last, from 1
 * @param runId the agent's own id of that run
 * @param answer what the agent answered
 * @param links pull requests and the like
 * @param error why it failed
 * @param hint what to do about it
 */
public record PromptRun(
        String id,
        Status status,
        int attempt,
        Optional<String> runId,
        String answer,
        String summary,
        List<String> links,
        Usage used,
        Duration duration,
        Optional<String> error,
        Optional<String> hint) {
    /** Where it stands. */
    public enum Status {
        /** A run was asked for, or goes on. */
        RUNNING,
        COMPLETED,
        FAILED
    }

    public PromptRun {
        links = List.copyOf(links);
    }

    static PromptRun running(String id, int attempt, Optional<String> runId) {
        return new PromptRun(
                id,
                Status.RUNNING,
                attempt,
                runId,
                "",
                "",
                List.of(),
                Usage.NONE,
                Duration.ZERO,
                Optional.empty(),
                Optional.empty());
    }
}
