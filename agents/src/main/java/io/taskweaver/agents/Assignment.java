package io.taskweaver.agents;

import io.taskweaver.model.BaseCommit;
import java.util.Map;
import java.util.Optional;

/**
 * Input of a run.
 *
 * @param prompt the prompt
 * @param files files of the context, path to text, for agents that work in a folder
 * @param base the code that the plan started from, for agents that work in a folder
 */
public record Assignment(String prompt, Map<String, String> files, Optional<BaseCommit> base) {
    public Assignment {
        files = Map.copyOf(files);
    }

    /** A prompt without files. */
    public static Assignment of(String prompt) {
        return new Assignment(prompt, Map.of(), Optional.empty());
    }
}
