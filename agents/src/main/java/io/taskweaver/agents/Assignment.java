package io.taskweaver.agents;

import io.taskweaver.domain.plan.BaseCommit;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is given.
 *
 * @param prompt what to do
 * @param files files at hand, path to text: for agents that work in a folder of their own
 * @param base the code that the plan started from, for the same
 */
public record Assignment(String prompt, Map<String, String> files, Optional<BaseCommit> base) {
    public Assignment {
        files = Map.copyOf(files);
    }

    /** A prompt that says it all. */
    public static Assignment of(String prompt) {
        return new Assignment(prompt, Map.of(), Optional.empty());
    }
}
