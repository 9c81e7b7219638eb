package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What people settle: by files, or by a side of a conflict. The commit of a side is made here, and made again if it is lost. */
final class Resolutions {
    private static final Logger LOG = Logger.getLogger(Resolutions.class);

    private final PlanRepositories repositories;
    private final ResultMerges merges;

    /** What cannot be made again is tried once: to wait for it at each event would hold up all plans. */
    private final Set<LostCommit> unmade = new HashSet<>();

    private record LostCommit(PlanId plan, String commit) {}

    Resolutions(PlanRepositories repositories, ResultMerges merges) {
        this.repositories = repositories;
        this.merges = merges;
    }

    FoldDecision accepted(
            StoredPlan plan, Head head, CodeRepository code, Optional<Settlement> before, TaskResolved resolved)
            throws IOException, InterruptedException {
        var writes = new Writes(resolved.plan());
        var objects = List.<CodeObjects>of();
        var result = PersonsResult.of(resolved, resolved.resolution().code());
        if (result.code().isEmpty()) {
            var side = SideTaken.of(resolved, before, head);
            writes.sideTaken(side);
            result = side.made(code);
            objects = objects(resolved, code, result);
        }
        merges.limited(plan, code, result);
        var queue = withoutReconcilers(plan, head.queue(), resolved, writes);
        queue = withoutBatchOf(queue, resolved.task()).reviewed(resolved.task()).await(resolved.task());
        return FoldDecision.Accept.of(writes.waiting(result).head(head.with(queue)), objects, Optional.empty());
    }

    /** The queue without results that reconcile what a person has settled by now, or wanted to: nobody waits for them. */
    private static MergeQueue withoutReconcilers(
            StoredPlan plan, MergeQueue queue, TaskResolved resolved, Writes writes) {
        for (var other : Stream.concat(queue.waiting().stream(), queue.inReview().stream())
                .toList())
            if (isReconciling(plan, other, resolved)) {
                queue = withoutBatchOf(queue, other).settled(other);
                writes.settled(other);
            }
        return queue;
    }

    /** What a person settled the task with cannot be merged: what was to be settled stays open. */
    static FoldDecision refused(
            StoredPlan plan, Head head, Optional<Settlement> before, TaskResolved resolved, String reason) {
        var writes = new Writes(resolved.plan());
        // It is settled already, whatever else a person thought.
        if (before.orElse(null) instanceof Settlement.Merged) return FoldDecision.Accept.of(writes, List.of(), before);
        var task = resolved.task();
        var open = before.map(Settlement.Conflicted.class::cast);
        var paths = open.map(Settlement.Conflicted::paths).orElse(List.of());
        var outcome = new Settlement.Conflicted(
                task,
                resolved.attempt(),
                open.flatMap(Settlement.Conflicted::code),
                paths,
                open.flatMap(Settlement.Conflicted::resolves),
                open.flatMap(Settlement.Conflicted::reason),
                Optional.of(reason),
                open.map(Settlement.Conflicted::collisions).orElse(List.of()));
        var queue = withoutReconcilers(plan, head.queue(), resolved, writes);
        // Who reconciles it now does so for this attempt.
        if (queue.reservations().stream().anyMatch(reserved -> reserved.task().equals(task)))
            queue = queue.release(task).reserve(new MergeQueue.Reservation(task, resolved.attempt(), paths));
        if (!queue.equals(head.queue())) writes.head(head.with(queue));
        return FoldDecision.Accept.of(writes.settlements(List.of(outcome)), List.of(), Optional.of(outcome));
    }

    /** Code to send again when a person's decision comes again. */
    List<CodeObjects> repeated(StoredPlan plan, CodeRepository code, Settlement settled, TaskResolved resolved)
            throws IOException, InterruptedException {
        var side =
                plan.sideTaken(resolved.task()).filter(taken -> taken.resolved().attempt() == settled.attempt());
        return side.isPresent()
                ? again(plan, code, side.get(), resolved)
                : merges.repeated(plan, code, settled, PersonsResult.of(resolved, Optional.empty()));
    }

    /**
     * What people settled by a side is made here: a crash before it was sent loses it, while what is stored names it. It is
     * made again before any other event is looked at, since nothing can be merged without it. Empty if nothing is lost.
     */
    Optional<FoldDecision> lost(StoredPlan plan, PlanEvent cause) throws IOException, InterruptedException {
        var sides = plan.sidesTaken();
        if (sides.isEmpty() || plan.head().flatMap(Head::base).isEmpty()) return Optional.empty();
        var code = repositories.of(cause.plan());
        var objects = new ArrayList<CodeObjects>();
        // Each commit is made on those before it.
        for (var side : sides.stream()
                .sorted(Comparator.comparingLong(each ->
                        merged(plan, each).map(Settlement.Merged::version).orElse(Long.MAX_VALUE)))
                .toList()) {
            var commit = commitOf(plan, side);
            if (commit.isEmpty() || code.has(commit.get())) continue;
            var lost = new LostCommit(cause.plan(), commit.get());
            if (unmade.contains(lost) || repositories.await(cause.plan(), commit.get())) continue;
            var made = again(plan, code, side, cause);
            if (code.has(commit.get())) objects.addAll(made);
            else {
                unmade.add(lost);
                LOG.warnf(
                        "Resolution cannot be made again plan=%s task=%s attempt=%d commit=%s head=%s",
                        cause.plan(), side.task(), side.resolved().attempt(), commit.get(), side.head());
            }
        }
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(FoldDecision.Accept.of(new Writes(cause.plan()), objects, Optional.empty()));
    }

    /** What a side became part of; empty if it is not merged. */
    private static Optional<Settlement.Merged> merged(StoredPlan plan, SideTaken side) {
        return plan.settlement(side.task())
                .filter(settled -> settled.attempt() == side.resolved().attempt())
                .filter(Settlement.Merged.class::isInstance)
                .map(Settlement.Merged.class::cast);
    }

    /** The commit without which the plan's code has a hole: the merged one, or that of a result that waits. */
    private static Optional<String> commitOf(StoredPlan plan, SideTaken side) {
        var merged = merged(plan, side);
        return merged.isPresent()
                ? merged.map(Settlement.Merged::commit)
                : plan.waiting(side.task())
                        .filter(result -> result.attempt() == side.resolved().attempt())
                        .flatMap(TaskCompleted::code)
                        .map(CodeResult::commit);
    }

    /** Makes again what follows from a side, where it is not here, and sends all of it. */
    List<CodeObjects> again(StoredPlan plan, CodeRepository code, SideTaken side, PlanEvent cause)
            throws IOException, InterruptedException {
        if (!repositories.await(cause.plan(), side.head())) return List.of();
        var made = side.made(code);
        var objects = new ArrayList<>(objects(cause, code, made));
        var merged = merged(plan, side);
        if (merged.isPresent()) objects.addAll(merges.repeated(plan, code, merged.get(), made));
        return objects;
    }

    /** The commit of a result that is made here, as packs. */
    private static List<CodeObjects> objects(PlanEvent cause, CodeRepository code, TaskCompleted made)
            throws IOException {
        if (made.code().isEmpty()) return List.of();
        var result = made.code().get();
        return ResultMerges.packed(cause, code, result.commit(), code.treeOf(result.parent()), Optional.empty());
    }

    private static MergeQueue withoutBatchOf(MergeQueue queue, TaskId task) {
        return queue.batch().filter(batch -> batch.results().contains(task)).isPresent() ? queue.withoutBatch() : queue;
    }

    /** Whether a task reconciles a result that a person has settled by now. */
    private static boolean isReconciling(StoredPlan plan, TaskId task, TaskResolved resolved) {
        return ResultMerges.conflictsBehind(plan, ResultMerges.resolved(plan, task)).stream()
                .anyMatch(
                        conflict -> conflict.task().equals(resolved.task()) && conflict.attempt() < resolved.attempt());
    }
}
