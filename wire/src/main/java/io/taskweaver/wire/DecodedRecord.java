package io.taskweaver.wire;

import io.taskweaver.model.event.Event;
import java.util.Optional;

/** Result of reading a record. */
public sealed interface DecodedRecord<E extends Event> {

    /** An event. */
    record Understood<E extends Event>(E event) implements DecodedRecord<E> {}

    /** A tombstone of a compacted topic. */
    record Tombstone<E extends Event>() implements DecodedRecord<E> {}

    /** A record that becomes a dead letter with this reason and cause. */
    sealed interface Refused<E extends Event> extends DecodedRecord<E> {
        /** See {@link DeadLetters}. */
        String reason();

        /** For a person. */
        String cause();
    }

    /** Not an event of the topic. */
    record Undecodable<E extends Event>(String cause) implements Refused<E> {
        @Override
        public String reason() {
            return DeadLetters.UNDECODABLE;
        }
    }

    /**
     * An event that violates the model's rules.
     *
     * @param eventId as written, possibly invalid, truncated
     * @param planId likewise; empty for an event without a plan
     * @param problem exception of the model
     */
    record Invalid<E extends Event>(String eventId, Optional<String> planId, RuntimeException problem)
            implements Refused<E> {
        @Override
        public String reason() {
            return DeadLetters.INVALID;
        }

        @Override
        public String cause() {
            return String.valueOf(problem.getMessage());
        }
    }
}
