package io.taskweaver.agents;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.Preparation;

/**
 * Code that an agent works on.
 *
 * @param repository repository that has it, and that receives the result; whoever hands it over closes it
 * @param commit parent of the result
 * @param tree files at the start; where they differ from the commit's, that is part of the result
 * @param prefix folder below the root of the tree that the agent works in, '/' separated; empty for the root
 * @param preparation what its work tree gets besides
 */
public record AgentCode(CodeRepository repository, String commit, String tree, String prefix, Preparation preparation) {
    public AgentCode {
        if (!prefix.isEmpty()) prefix = new FilePath(prefix).value();
    }

    /** Code whose work tree needs nothing else. */
    public AgentCode(CodeRepository repository, String commit, String tree, String prefix) {
        this(repository, commit, tree, prefix, Preparation.NONE);
    }
}
