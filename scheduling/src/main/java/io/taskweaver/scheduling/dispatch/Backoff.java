package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.TaskId;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a failed attempt waits before the next: doubling from {@code first} up to {@code longest}, spread by a
 * quarter either way. The spread follows from task and attempt, so that deciding again decides the same.
 */
public record Backoff(Duration first, Duration longest) {
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    public Backoff {
        if (!first.isPositive() || longest.compareTo(first) < 0)
            throw new IllegalArgumentException("not a backoff: " + first + " to " + longest);
    }

    /** When to try again after attempt {@code attempt}, from 1, of a task failed at {@code now}. */
    Instant until(Instant now, TaskId task, int attempt) {
        double doubled = first.toMillis() * Math.pow(2, attempt - 1);
        double capped = Math.min(doubled, longest.toMillis());
        int spread = Math.floorMod(task.value().hashCode() * 31 + attempt, 1001) - 500;
        return now.plusMillis(Math.round(capped * (1 + spread / 2000.0)));
    }
}
