package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.SideChoice;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A side of the conflicting files by which a person settled a task. It is kept, since the commit is made here: if a crash
 * loses that before it is sent, nobody else has it, and the same commit is made again of this.
 *
 * @param resolved the person's decision
 * @param code the result that conflicted
 * @param head the head on which the commit is made
 * @param words what the commit says of it, which names it too: another version may say it in other words
 */
record SideTaken(TaskResolved resolved, CodeResult code, String head, String words) {
    /**
     * The side that a person takes.
     *
     * @param before what became of the task's last result
     * @throws IllegalArgumentException if no file of the result before conflicts
     */
    static SideTaken of(TaskResolved resolved, Optional<Settlement> before, Head head) {
        if (!(before.orElse(null) instanceof Settlement.Conflicted open)
                || open.attempt() != resolved.attempt() - 1
                || open.code().isEmpty()
                || open.paths().isEmpty())
            throw new IllegalArgumentException(
                    "No file of " + resolved.task() + " conflicts, so there are no sides to take.");
        return new SideTaken(
                resolved,
                open.code().get().withoutChanges(),
                head.commit(),
                resolved.resolution().words());
    }

    TaskId task() {
        return resolved.task();
    }

    /** The result; each time the same commit. */
    TaskCompleted made(CodeRepository repository) throws IOException, InterruptedException {
        var current = repository.treeOf(head);
        var tree = SideChoice.of(
                        repository,
                        repository.treeOf(code.parent()),
                        current,
                        code.tree(),
                        resolved.resolution().side() == Resolution.Side.THEIRS)
                .tree();
        if (tree.equals(current)) return PersonsResult.of(resolved, words, Optional.empty());
        var commit = repository.commit(
                tree, List.of(head), words + "\n", ResultMerges.date(repository, head, resolved.at()));
        var changes = repository.difference(current, tree);
        return PersonsResult.of(resolved, words, Optional.of(new CodeResult(commit, head, tree, changes, List.of())));
    }
}
