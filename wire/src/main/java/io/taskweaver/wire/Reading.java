package io.taskweaver.wire;

import io.taskweaver.domain.event.Event;
import java.util.Optional;

/** What a record of a topic turned out to be. */
public sealed interface Reading<E extends Event> {

    /** An event. */
    record Understood<E extends Event>(E event) implements Reading<E> {}

    /** A tombstone of a compacted topic. */
    record Tombstone<E extends Event>() implements Reading<E> {}

    /** Something that is set aside: its reason and cause are those of its dead letter. */
    sealed interface Refused<E extends Event> extends Reading<E> {
        /** See {@link DeadLetters}. */
        String reason();

        /** For a person. */
        String cause();
    }

    /** No event of the topic. */
    record Undecodable<E extends Event>(String cause) implements Refused<E> {
        @Override
        public String reason() {
            return DeadLetters.UNDECODABLE;
        }
    }

    /**
     * An event that contradicts the model's rules.
     *
     * @param eventId as written, whatever it is, cut where it is very long
     * @param planId likewise; empty for an event of no plan
     * @param problem what the model threw
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
