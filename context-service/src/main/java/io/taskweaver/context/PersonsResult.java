package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.SideChoice;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a person settled a task with, as the result of an attempt. */
final class PersonsResult {
    private PersonsResult() {}

    /** Whether a person made a result. */
    static boolean isOne(TaskCompleted completed) {
        return completed.agent().equals(Resolution.AGENT);
    }

    /** @param code what it changes; empty if nothing */
    static TaskCompleted of(TaskResolved resolved, Optional<CodeResult> code) {
        var resolution = resolved.resolution();
        return new TaskCompleted(
                resolved.meta(),
                resolved.task(),
                resolved.attempt(),
                resolution.by(),
                Resolution.AGENT,
                Optional.empty(),
                resolution.words(),
                code,
                List.of(),
                Usage.NONE,
                resolved.at(),
                Duration.ZERO,
                Optional.empty(),
                List.of());
    }

    /**
     * The result on top of the head: the person's commit, or one that is made here where a side was named.
     *
     * @param conflict what became of the result that is settled
     * @throws IllegalArgumentException if a side was named and no file of the task conflicts
     */
    static TaskCompleted in(CodeRepository code, Head head, Optional<Settlement> conflict, TaskResolved resolved)
            throws IOException, InterruptedException {
        var resolution = resolved.resolution();
        if (resolution.code().isPresent()) return of(resolved, resolution.code());
        if (!(conflict.orElse(null) instanceof Settlement.Conflicted open)
                || open.code().isEmpty()
                || open.paths().isEmpty())
            throw new IllegalArgumentException("No file of " + resolved.task() + " conflicts, so there are no sides.");
        var current = code.treeOf(head.commit());
        var result = open.code().get();
        var tree = SideChoice.of(
                        code,
                        code.treeOf(result.parent()),
                        current,
                        result.tree(),
                        resolution.side() == Resolution.Side.THEIRS)
                .tree();
        if (tree.equals(current)) return of(resolved, Optional.empty());
        var commit = code.commit(
                tree,
                List.of(head.commit()),
                resolution.words() + "\n",
                ResultMerges.date(code, head.commit(), resolved.at()));
        var changes = code.difference(current, tree);
        return of(resolved, Optional.of(new CodeResult(commit, head.commit(), tree, changes, List.of())));
    }
}
