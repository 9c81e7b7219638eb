package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an answer is awaited before the question is put again.
 *
 * @param attempt from when an executor last named the attempt
 * @param contract for a contract
 * @param merge for a completed result to be merged
 */
public record AnswerTimeouts(Duration attempt, Duration contract, Duration merge) {
    public static final AnswerTimeouts DEFAULT =
            new AnswerTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(60));

    /** When an executor last reported that it holds an attempt. */
    @FunctionalInterface
    public interface Leases {
        /** Leases of a fleet of which nothing was heard. */
        Leases NONE = (task, attempt) -> Optional.empty();

        /** When, by the planner's clock; empty if none did. */
        Optional<Instant> lastNamed(TaskId task, int attempt);
    }
}
