package io.taskweaver.agents;

import io.taskweaver.prompts.Delivery;
import io.taskweaver.prompts.Query;
import java.util.Optional;

/**
 * Input of a run.
 *
 * @param prompt the prompt
 * @param aside what the prompt names and has no room for: a file in the folder that the agent works in, and no part of its
 *     result
 * @param code code for agents that work in a folder; without it they start from an empty one
 * @param remote repository and branch for agents that work on one; the prompt names them, too
 */
public record Assignment(
        String prompt, Optional<Query.Aside> aside, Optional<AgentCode> code, Optional<Delivery.OnRemote> remote) {
    /** A prompt with code for a folder. */
    public Assignment(String prompt, Optional<AgentCode> code) {
        this(prompt, Optional.empty(), code, Optional.empty());
    }

    /** A prompt that names no other file. */
    public Assignment(String prompt, Optional<AgentCode> code, Optional<Delivery.OnRemote> remote) {
        this(prompt, Optional.empty(), code, remote);
    }

    /** A prompt without code. */
    public static Assignment of(String prompt) {
        return new Assignment(prompt, Optional.empty());
    }
}
