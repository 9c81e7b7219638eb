package io.taskweaver.agents;

import io.taskweaver.domain.event.PlanEvent;

/**
 * One try at one task: what may be paid for once.
 *
 * @param number from 1
 */
public record Attempt(String plan, String task, int number) {
    public Attempt {
        if (number < 1) throw new IllegalArgumentException("attempts count from 1: " + number);
    }

    /** The one that an event is about. */
    public static Attempt of(PlanEvent.OfAttempt event) {
        return new Attempt(event.plan().value(), event.task().value(), event.attempt());
    }

    /** {@code plan/task/number}: what the run is labelled with at the agent, and found by. */
    public String id() {
        return plan + "/" + task + "/" + number;
    }
}
