package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import java.util.Optional;

/** Whether an agent may create runs now, given its recent answers. */
interface AgentBreaker {
    /**
     * Called before each creation of a run, and followed by {@link #began}, {@link #ended} or {@link #left}.
     *
     * @return the outcome of the attempt if it may not: it uses up no attempt of the task
     */
    Optional<Outcome.RateLimited> closed(String agent);

    /** The run is not created after all. */
    void left(String agent);

    /** A run was created. */
    void began(String agent);

    /** A run ended, or could not be created. */
    void ended(String agent, Outcome outcome);
}
