package io.taskweaver.executor;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Preparation;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.util.Optional;

/**
 * The code that an attempt starts from: the head of the plan. On a reconcile task, with all of the conflicting result
 * that does not conflict, so that the agent only has to do the rest.
 *
 * @param tree files at the start
 */
record StartCode(CodeRepository repository, CodeAt at, String tree) {
    /** Result of a search. */
    sealed interface Found {
        /** It is here. */
        record Here(StartCode code) implements Found {}

        /** It was not published, or not yet. */
        record Missing(String reason) implements Found {}

        /** It can never be read. */
        record Unreadable(String reason) implements Found {}
    }

    /**
     * Searches for the code of a context, and waits for what is being published.
     *
     * @param brought commit of the files that work trees get besides
     * @throws IOException if it cannot be read on this machine
     */
    static Found find(PlanRepositories code, PlanId plan, Optional<CodeAt> named, Optional<String> brought)
            throws IOException, InterruptedException {
        if (named.isEmpty())
            return new Found.Unreadable(
                    "The context names no commit of the plan's code; does the context service have the same version?");
        var at = named.get();
        if (!code.await(plan, at.commit())) return missing("The plan's code", at.commit());
        if (brought.isPresent() && !code.await(plan, brought.get()))
            return missing("What --bring named", brought.get());
        var repository = code.of(plan);
        var head = repository.treeOf(at.commit());
        if (at.conflicted().isEmpty()) return new Found.Here(new StartCode(repository, at, head));
        var conflicted = at.conflicted().get();
        if (!code.await(plan, conflicted)) return missing("The conflicting result", conflicted);
        var parent = repository.parentOf(conflicted);
        if (parent.isPresent() && !code.await(plan, parent.get()))
            return missing("The code that the conflicting result started from", parent.get());
        var base = parent.isPresent() ? repository.treeOf(parent.get()) : repository.emptyTree();
        var merge = TreeMerge.of(repository, base, head, repository.treeOf(conflicted));
        return new Found.Here(new StartCode(
                repository,
                at,
                switch (merge) {
                    case TreeMerge.Outcome.Merged(var tree, var united) -> tree;
                    case TreeMerge.Outcome.Conflicted(var tree, var conflicts) -> tree;
                }));
    }

    private static Found missing(String what, String commit) {
        return new Found.Missing(what + ", commit " + commit + ", is not on the topic code-objects.");
    }

    /** The same for an agent that works in a folder. */
    AgentCode forAgent(Preparation preparation) {
        return new AgentCode(repository, at.commit(), tree, at.prefix(), preparation);
    }
}
