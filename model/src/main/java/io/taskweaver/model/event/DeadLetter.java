package io.taskweaver.model.event;

import java.time.Instant;
import java.util.Optional;

/**
 * A record that could not be processed.
 *
 * @param service that set it aside
 * @param reason kind of failure, kebab case
 * @param cause what happened, for a person
 * @param topic where the record lies, with {@code partition} and {@code offset}
 * @param key its key, where it is text
 */
public record DeadLetter(
        String service,
        String reason,
        String cause,
        String topic,
        int partition,
        long offset,
        Optional<String> key,
        Instant failedAt)
        implements Event {
    @Override
    public Instant at() {
        return failedAt;
    }
}
