package io.taskweaver.agents;

import io.taskweaver.model.Usage;
import java.time.Duration;
import java.util.List;

/**
 * Does nothing, immediately: to rehearse a plan, and to measure the cost of everything but the agent. A run is only the
 * name of its attempt, so every attempt has one from the beginning.
 */
public final class IdleAgent implements CodingAgent {
    public static final String NAME = "idle";

    private static final Outcome.Succeeded NOTHING =
            new Outcome.Succeeded("### Summary\nNothing was done.\n", "Nothing was done.", List.of(), Usage.NONE);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Lookup find(Attempt attempt) {
        return new Lookup.Found(attempt.id());
    }

    @Override
    public Creation create(Attempt attempt, Assignment assignment) {
        return new Creation.Created(attempt.id());
    }

    @Override
    public Outcome await(String runId, Duration limit, RunListener listener) {
        return NOTHING;
    }

    @Override
    public void cancel(String runId) {}

    @Override
    public void close() {}
}
