package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import java.util.Optional;

/** Whether a back end may be asked to begin runs now, by what it answered lately. */
interface Gate {
    /**
     * Asked before each run that is begun, and answered by {@link #began}, {@link #ended} or {@link #left}.
     *
     * @return what the attempt ends with instead, if it may not: it uses up none of the task's attempts
     */
    Optional<Outcome.RateLimited> closed(String agent);

    /** What was asked for is not done after all. */
    void left(String agent);

    /** A run was begun. */
    void began(String agent);

    /** A run ended, or could not be begun. */
    void ended(String agent, Outcome outcome);
}
