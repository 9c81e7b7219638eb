package io.taskweaver.agents;

import io.taskweaver.model.event.PlanEvent;

/**
 * One attempt at a task, which may be paid for once.
 *
 * @param number from 1
 */
public record Attempt(String plan, String task, int number) {
    public Attempt {
        if (number < 1) throw new IllegalArgumentException("attempts count from 1: " + number);
    }

    /** The attempt of an event. */
    public static Attempt of(PlanEvent.OfAttempt event) {
        return new Attempt(event.plan().value(), event.task().value(), event.attempt());
    }

    /** {@code plan/task/number}: label of the run at the agent, by which it is found. */
    public String id() {
        return plan + "/" + task + "/" + number;
    }
}
