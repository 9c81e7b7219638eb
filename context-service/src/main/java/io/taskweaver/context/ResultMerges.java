package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.contexts.ResolvedAttempt;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.wire.code.CodePacks;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Merges results into the code of a plan: each becomes a commit on its line, or a conflict. */
final class ResultMerges {
    private final PlanRepositories repositories;

    ResultMerges(PlanRepositories repositories) {
        this.repositories = repositories;
    }

    /**
     * A result that is to be merged.
     *
     * @param before what became of the result of an earlier attempt
     * @param resolves on a reconcile task, the attempt whose conflict it resolves
     * @param standsFor open conflicts that it resolves
     * @param changes what it changes
     */
    record Incoming(
            TaskCompleted completed,
            Optional<Settlement> before,
            Optional<ResolvedAttempt> resolves,
            List<Settlement.Conflicted> standsFor,
            List<EntryChange> changes) {
        Incoming {
            standsFor = List.copyOf(standsFor);
            changes = List.copyOf(changes);
        }

        TaskId task() {
            return completed.task();
        }
    }

    /**
     * Looks at a result.
     *
     * @throws IllegalArgumentException if its commit is not here, or is not what it says
     */
    Incoming incoming(StoredPlan plan, CodeRepository code, TaskCompleted completed)
            throws IOException, InterruptedException {
        var resolves = resolved(plan, completed.task());
        var changes = List.<EntryChange>of();
        if (completed.code().isPresent()) {
            var result = completed.code().get();
            if (!repositories.await(completed.plan(), result.commit()))
                throw new IllegalArgumentException(
                        "The commit of the result, " + result.commit() + ", is not on the topic code-objects.");
            changes = changes(code, result)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The result does not describe its commit, " + result.commit() + "."));
        }
        return new Incoming(
                completed, plan.settlement(completed.task()), resolves, conflictsBehind(plan, resolves), changes);
    }

    /**
     * Merges a result into the tree of a commit; one that does not know what an earlier attempt of its task merged replaces
     * that.
     */
    TreeMerge.Outcome merge(CodeRepository code, Incoming incoming, String head)
            throws IOException, InterruptedException {
        var current = code.treeOf(head);
        if (incoming.completed().code().isEmpty()) return new TreeMerge.Outcome.Merged(current, Map.of());
        var result = incoming.completed().code().get();
        var base = code.treeOf(result.parent());
        if (incoming.before().isPresent()
                && incoming.before().get() instanceof Settlement.Merged earlier
                && !earlier.commit().equals(earlier.parent())
                && !code.isAncestor(earlier.commit(), result.parent())
                && TreeMerge.of(code, code.treeOf(earlier.commit()), current, code.treeOf(earlier.parent()))
                        instanceof TreeMerge.Outcome.Merged undone) current = undone.tree();
        return TreeMerge.of(code, base, current, result.tree());
    }

    /** The commit that a result makes on top of another; that one if it changes nothing. */
    String commit(StoredPlan plan, CodeRepository code, String tree, String parent, TaskCompleted completed)
            throws IOException {
        if (tree.equals(code.treeOf(parent))) return parent;
        var task = plan.task(completed.task()).map(TaskPlanned::task);
        return code.commit(
                tree,
                List.of(parent),
                CommitMessages.of(completed.plan(), task, completed),
                date(code, parent, completed.at()));
    }

    /**
     * A result becomes part of the code.
     *
     * @param queue what becomes of those that wait
     */
    FoldDecision merged(
            StoredPlan plan,
            Head head,
            CodeRepository code,
            Incoming incoming,
            TreeMerge.Outcome.Merged merge,
            UnaryOperator<MergeQueue> queue)
            throws IOException {
        var completed = incoming.completed();
        var tree = code.treeOf(head.commit());
        var now = merge.tree();
        var commit = commit(plan, code, now, head.commit(), completed);
        boolean changed = !commit.equals(head.commit());
        var changes = code.difference(tree, now);
        var touched = incoming.changes().stream().map(EntryChange::path).toList();
        var united = merge.united().entrySet().stream()
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .sorted()
                .toList();
        var outcome = new Settlement.Merged(
                completed.task(),
                completed.attempt(),
                head.version() + 1,
                commit,
                head.commit(),
                now,
                changes,
                touched,
                united);
        var settled = new ArrayList<Settlement>(List.of(outcome));
        var after = head.queue().release(completed.task());
        for (var conflict : incoming.standsFor()) {
            settled.add(new Settlement.Merged(
                    conflict.task(),
                    conflict.attempt(),
                    outcome.version(),
                    commit,
                    head.commit(),
                    now,
                    changes,
                    touched,
                    united));
            after = after.release(conflict.task());
        }
        var next = head.next(commit, settled).with(queue.apply(after.settled(completed.task())));
        var writes = new Writes(completed.plan());
        files(
                plan,
                next,
                changes,
                completed.task(),
                incoming.standsFor().stream().map(Settlement.Conflicted::task).toList(),
                writes);
        writes.commit(next.version(), commit, Optional.of(completed.task()));
        writes.head(next).settlements(settled);
        if (head.queue().waiting().contains(completed.task())) writes.settled(completed.task());
        if (changed) code.head(commit);
        return FoldDecision.Accept.of(
                writes,
                changed ? packed(completed, code, commit, tree, completed.code()) : List.of(),
                Optional.of(outcome));
    }

    /**
     * A result is not merged: its files conflict, or the plan's command fails with it.
     *
     * @param conflicts files that conflict
     * @param reason how the command fails
     * @param queue what becomes of those that wait
     */
    FoldDecision conflicted(
            Head head,
            Incoming incoming,
            List<TreeMerge.PathConflict> conflicts,
            Optional<String> reason,
            UnaryOperator<MergeQueue> queue) {
        var completed = incoming.completed();
        var paths =
                conflicts.stream().map(TreeMerge.PathConflict::path).distinct().toList();
        var collisions = conflicts.stream()
                .flatMap(conflict ->
                        conflict.added().stream().map(added -> new Settlement.Collision(conflict.path(), added)))
                .toList();
        var outcome = new Settlement.Conflicted(
                completed.task(),
                completed.attempt(),
                completed.code(),
                paths,
                incoming.resolves(),
                reason,
                Optional.empty(),
                collisions);
        var after = head.queue()
                .release(completed.task())
                .settled(completed.task())
                .reserve(new MergeQueue.Reservation(completed.task(), completed.attempt(), paths));
        var writes = new Writes(completed.plan()).settlements(List.of(outcome)).head(head.with(queue.apply(after)));
        if (head.queue().waiting().contains(completed.task())) writes.settled(completed.task());
        return FoldDecision.Accept.of(writes, List.of(), Optional.of(outcome));
    }

    /** Code to send again with the outcome of a result that comes again. */
    List<CodeObjects> repeated(StoredPlan plan, CodeRepository code, Settlement settled, TaskCompleted completed)
            throws IOException, InterruptedException {
        if (!(settled instanceof Settlement.Merged merged) || merged.commit().equals(merged.parent())) return List.of();
        var result = merged.attempt() == completed.attempt() ? completed.code() : Optional.<CodeResult>empty();
        if (result.isPresent() && changes(code, result.get()).isEmpty()) result = Optional.empty();
        if (!repositories.await(completed.plan(), merged.commit())) {
            if (result.isEmpty() || !code.has(merged.parent())) return List.of();
            remake(plan, code, merged, completed, result.get());
            if (!code.has(merged.commit())) return List.of();
        }
        return packed(completed, code, merged.commit(), code.treeOf(merged.parent()), result);
    }

    /** Makes a commit again that was lost in a crash, before it was sent: the state outlived it. */
    private void remake(
            StoredPlan plan, CodeRepository code, Settlement.Merged merged, TaskCompleted completed, CodeResult result)
            throws IOException, InterruptedException {
        var base = code.treeOf(result.parent());
        if (TreeMerge.of(code, base, code.treeOf(merged.parent()), result.tree())
                        instanceof TreeMerge.Outcome.Merged again
                && again.tree().equals(merged.tree())) commit(plan, code, merged.tree(), merged.parent(), completed);
    }

    /** What a result changes; empty if it does not describe its commit. */
    private static Optional<List<EntryChange>> changes(CodeRepository code, CodeResult result) throws IOException {
        var changes = code.changes(Optional.of(result.parent()), result.commit());
        return changes.isPresent() && code.treeOf(result.commit()).equals(result.tree()) ? changes : Optional.empty();
    }

    static void files(
            StoredPlan plan, Head next, List<EntryChange> changes, TaskId task, List<TaskId> others, Writes writes) {
        var files = new ArrayList<MergedFile>();
        for (var change : changes)
            files.add(new MergedFile(change.path(), change.after(), List.of(task))
                    .since(plan.file(change.path(), next.version() - 1), others));
        writes.files(files, next.version());
    }

    /** A merged commit as packs, without what its parent and the result have. */
    static List<CodeObjects> packed(
            PlanEvent cause, CodeRepository code, String commit, String parentTree, Optional<CodeResult> result)
            throws IOException {
        var without = new ArrayList<>(List.of(parentTree));
        result.ifPresent(made -> without.add(made.tree()));
        return CodePacks.of(
                cause.plan(), commit, false, code.pack(commit, without), cause.at(), Optional.of(cause.eventId()));
    }

    /** Dates on the line never go back. */
    static Instant date(CodeRepository code, String parent, Instant at) throws IOException {
        var before = code.dateOf(parent);
        return at.isBefore(before) ? before : at;
    }

    /** The attempt whose conflict a reconcile task resolves. */
    static Optional<ResolvedAttempt> resolved(StoredPlan plan, TaskId task) {
        return ResolvedAttempt.of(task)
                .flatMap(byId -> plan.task(task)
                        .map(planned -> ResolvedAttempt.of(planned.task()))
                        .orElse(Optional.of(byId)));
    }

    /** The open conflict that a task resolves, then the one that the conflicted task was to resolve itself, and so on. */
    static List<Settlement.Conflicted> conflictsBehind(StoredPlan plan, Optional<ResolvedAttempt> resolves) {
        var behind = new ArrayList<Settlement.Conflicted>();
        var next = resolves;
        while (next.isPresent()) {
            var open = next.get();
            var settled = plan.settlement(open.task());
            if (settled.isEmpty()
                    || !(settled.get() instanceof Settlement.Conflicted conflict)
                    || conflict.attempt() != open.attempt()
                    || behind.contains(conflict)) break;
            behind.add(conflict);
            next = conflict.resolves();
        }
        return behind;
    }

    /** The result that makes the command fail. */
    FoldDecision refused(Head head, Incoming incoming, String commit, String reason) {
        var text = "Together with what is merged, this result fails, as commit " + commit + " on top of "
                + head.commit() + ". " + reason;
        return conflicted(head, incoming, List.of(), Optional.of(text), MergeQueue::cleared);
    }

    FoldDecision conflicted(Head head, Incoming incoming, TreeMerge.Outcome.Conflicted outcome) {
        return conflicted(head, incoming, outcome.conflicts(), Optional.empty(), UnaryOperator.identity());
    }

    /**
     * A result that is to be merged.
     *
     * @throws IllegalArgumentException if it changes more files than one may
     */
    Incoming limited(StoredPlan plan, CodeRepository code, TaskCompleted completed)
            throws IOException, InterruptedException {
        var incoming = incoming(plan, code, completed);
        ResultPaths.tooMany("The result", incoming.changes().size()).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return incoming;
    }

    /** The commits of a batch, as packs. */
    static List<CodeObjects> packed(PlanEvent cause, CodeRepository code, MergeQueue.Batch batch) throws IOException {
        var objects = new ArrayList<CodeObjects>();
        for (var commit = batch.commit(); !commit.equals(batch.from()); ) {
            var parent = code.parentOf(commit).orElseThrow();
            objects.addAll(packed(cause, code, commit, code.treeOf(parent), Optional.empty()));
            commit = parent;
        }
        return objects;
    }
}
