package io.taskweaver.domain.schedule;

import java.util.Optional;

/**
 * How often a task was tried.
 *
 * @param number number of the attempt that runs or would run next, from 1: the fencing token
 * @param counted failed attempts that count against the plan's limit
 * @param feedback what the next attempt is told: why the one before failed, or a person's answer
 */
public record Attempts(int number, int counted, Optional<String> feedback) {
    /** Longest feedback that is kept, characters. */
    public static final int MAX_FEEDBACK = 4000;

    public static final Attempts FIRST = new Attempts(1, 0, Optional.empty());

    public Attempts {
        if (number < 1) throw new IllegalArgumentException("attempt: " + number);
        if (counted < 0 || counted >= number) throw new IllegalArgumentException("counted: " + counted);
        feedback = feedback.map(text -> text.length() <= MAX_FEEDBACK ? text : text.substring(0, MAX_FEEDBACK));
    }

    /** The next attempt after one that counts. */
    Attempts afterFailure(Optional<String> feedback) {
        return new Attempts(number + 1, counted + 1, feedback.or(() -> this.feedback));
    }

    /** The next attempt after one that does not count. */
    Attempts again() {
        return new Attempts(number + 1, counted, feedback);
    }

    /** The next attempt after a person decided: with the answer, if there is one. */
    Attempts answered(Optional<String> answer) {
        return new Attempts(number + 1, counted, answer.or(() -> feedback));
    }

    /** The next attempt after a person asked for a new start. */
    Attempts renewed() {
        return new Attempts(number + 1, 0, feedback);
    }
}
