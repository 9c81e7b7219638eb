package io.taskweaver.context;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a person settled a task with, as the result of an attempt. */
final class PersonsResult {
    private PersonsResult() {}

    /** Whether a person made a result. */
    static boolean isOne(TaskCompleted completed) {
        return completed.agent().equals(Resolution.AGENT);
    }

    /** @param code what it changes; empty if nothing */
    static TaskCompleted of(TaskResolved resolved, Optional<CodeResult> code) {
        return of(resolved, resolved.resolution().words(), code);
    }

    /** The same in given words. */
    static TaskCompleted of(TaskResolved resolved, String words, Optional<CodeResult> code) {
        return new TaskCompleted(
                resolved.meta(),
                resolved.task(),
                resolved.attempt(),
                resolved.resolution().by(),
                Resolution.AGENT,
                Optional.empty(),
                words,
                code,
                List.of(),
                Usage.NONE,
                resolved.at(),
                Duration.ZERO,
                Optional.empty(),
                List.of());
    }
}
