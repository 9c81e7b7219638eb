package io.taskweaver.agents;

import java.util.Optional;

/**
 * Input of a run.
 *
 * @param prompt the prompt
 * @param code code for agents that work in a folder; without it they start from an empty one
 */
public record Assignment(String prompt, Optional<AgentCode> code) {
    /** A prompt without code. */
    public static Assignment of(String prompt) {
        return new Assignment(prompt, Optional.empty());
    }
}
