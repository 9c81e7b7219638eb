package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TaskKinds;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.ResultApproved;
import io.taskweaver.model.event.PlanEvent.ResultWithdrawn;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides in which order results are merged. A result that changes files which are being reconciled waits. In a plan with a
 * command, results wait until it succeeds on the code that they make together; an attempt has run it on its own tree
 * already, so a result that is merged into the head that it started from does not wait.
 */
final class QueueRules {
    /** More results than are reconciled one after the other. */
    private static final int MOST_STEPS = 100;

    private static final Logger LOG = Logger.getLogger(QueueRules.class);

    private final PlanRepositories repositories;
    private final ResultMerges merges;

    /** What cannot be made again is tried once: to wait for it at each event would hold up all plans. */
    private final Set<LostCommit> unmade = new HashSet<>();

    private record LostCommit(PlanId plan, String commit) {}

    QueueRules(PlanRepositories repositories, ResultMerges merges) {
        this.repositories = repositories;
        this.merges = merges;
    }

    FoldDecision on(StoredPlan plan, Head head, TaskCompleted completed) throws IOException, InterruptedException {
        var code = repositories.of(completed.plan());
        var before = plan.settlement(completed.task());
        if (before.isPresent() && before.get().attempt() >= completed.attempt())
            return FoldDecision.Accept.of(
                    new Writes(completed.plan()), merges.repeated(plan, code, before.get(), completed), before);
        if (head.base().isEmpty())
            throw new IllegalArgumentException(
                    head.isOfEarlierBuild()
                            ? "The plan was begun by an earlier build, which kept its code in another form."
                            : "The code of the plan has not arrived.");
        awaitHead(completed, head);
        if (isVerification(plan, head, completed.task()))
            return judged(plan, head, completed, new MergeQueue.Verdict(true, "", completed.failures()));
        var waiting = plan.waiting(completed.task());
        boolean isQueued = head.queue().waiting().contains(completed.task())
                || head.queue().inReview().contains(completed.task());
        if (isQueued && waiting.isPresent() && waiting.get().attempt() >= completed.attempt())
            return asked(plan, completed, code, head);
        var incoming = incoming(plan, code, completed);
        // A person has settled what it reconciles.
        if (isSuperseded(plan, head, incoming)) return FoldDecision.Accept.silently(new Writes(completed.plan()));
        var queue = head.queue();
        boolean isApproved = queue.approvals().contains(new MergeQueue.Approval(completed.task(), completed.attempt()));
        if (!isApproved && isReviewed(plan, head, completed.task())) queue = queue.review(completed.task());
        else {
            if (isApproved) head = head.with(queue.reviewed(completed.task()));
            if (head.queue().isOpen()) return settled(plan, head, code, incoming);
            queue = head.queue().await(completed.task());
        }
        // Another result of the task is being verified.
        if (queue.batch()
                .filter(batch -> batch.results().contains(completed.task()))
                .isPresent()) queue = queue.withoutBatch();
        return FoldDecision.Accept.silently(
                new Writes(completed.plan()).waiting(completed).head(head.with(queue)));
    }

    /** The command failed on the code of the plan. What attempts of other tasks fail for is the planner's business. */
    FoldDecision on(StoredPlan plan, Head head, TaskFailed failed) throws IOException, InterruptedException {
        var verdict = failed.failure() == Failure.TASK_FAILED || failed.failure() == Failure.TIMED_OUT;
        if (!verdict || head.base().isEmpty() || !isVerification(plan, head, failed.task()))
            return FoldDecision.Accept.silently(new Writes(failed.plan()));
        var before = plan.settlement(failed.task());
        if (before.isPresent() && before.get().attempt() >= failed.attempt())
            return FoldDecision.Accept.of(new Writes(failed.plan()), List.of(), before);
        awaitHead(failed, head);
        return judged(plan, head, failed, new MergeQueue.Verdict(false, failed.reason(), failed.failures()));
    }

    /** A person settled a task: it is a result like others, which nobody has to review. */
    FoldDecision on(StoredPlan plan, Head head, TaskResolved resolved) throws IOException, InterruptedException {
        var code = repositories.of(resolved.plan());
        var before = plan.settlement(resolved.task());
        if (before.isPresent() && before.get().attempt() >= resolved.attempt())
            return FoldDecision.Accept.of(
                    new Writes(resolved.plan()), repeated(plan, code, before.get(), resolved), before);
        if (head.base().isEmpty()) throw new IllegalArgumentException("The code of the plan has not arrived.");
        awaitHead(resolved, head);
        var waiting = plan.waiting(resolved.task());
        if (head.queue().waiting().contains(resolved.task())
                && waiting.isPresent()
                && waiting.get().attempt() >= resolved.attempt()) return asked(plan, waiting.get(), code, head);
        try {
            return accepted(plan, head, code, before, resolved);
        } catch (IllegalArgumentException e) {
            return refused(plan, head, before, resolved, String.valueOf(e.getMessage()));
        }
    }

    private FoldDecision accepted(
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
        incoming(plan, code, result);
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
    private static FoldDecision refused(
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
    private List<CodeObjects> repeated(StoredPlan plan, CodeRepository code, Settlement settled, TaskResolved resolved)
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
    private List<CodeObjects> again(StoredPlan plan, CodeRepository code, SideTaken side, PlanEvent cause)
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

    private ResultMerges.Incoming incoming(StoredPlan plan, CodeRepository code, TaskCompleted completed)
            throws IOException, InterruptedException {
        var incoming = merges.incoming(plan, code, completed);
        ResultPaths.tooMany("The result", incoming.changes().size()).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return incoming;
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

    private static boolean isSuperseded(StoredPlan plan, Head head, ResultMerges.Incoming incoming) {
        var next = incoming.resolves();
        for (int step = 0; next.isPresent() && step < MOST_STEPS; step++) {
            var open = next.get();
            boolean isWaiting = head.queue().waiting().contains(open.task())
                    && plan.waiting(open.task())
                            .filter(result -> PersonsResult.isOne(result) && result.attempt() > open.attempt())
                            .isPresent();
            var settled = plan.settlement(open.task());
            if (isWaiting
                    || settled.filter(known -> known.attempt() > open.attempt()).isPresent()) return true;
            next = settled.flatMap(
                    known -> known instanceof Settlement.Conflicted conflict ? conflict.resolves() : Optional.empty());
        }
        return false;
    }

    /** A person approved a result. What it waits for besides, it waits for from now on. */
    FoldDecision on(StoredPlan plan, Head head, ResultApproved approved) {
        var writes = new Writes(approved.plan());
        var task = approved.task();
        var before = plan.settlement(task);
        if (before.isPresent() && before.get().attempt() >= approved.attempt())
            return FoldDecision.Accept.silently(writes);
        var result = plan.waiting(task);
        int arrived = result.map(TaskCompleted::attempt).orElse(0);
        var queue = head.queue();
        if (arrived < approved.attempt()) queue = queue.approve(new MergeQueue.Approval(task, approved.attempt()));
        else if (arrived == approved.attempt() && queue.inReview().contains(task))
            queue = queue.reviewed(task).await(task);
        return FoldDecision.Accept.silently(queue.equals(head.queue()) ? writes : writes.head(head.with(queue)));
    }

    /** Nobody reconciles the result any more, or a person rejected it. */
    FoldDecision on(StoredPlan plan, Head head, ResultWithdrawn withdrawn) {
        var writes = new Writes(withdrawn.plan());
        var task = withdrawn.task();
        var queue = head.queue().release(task, withdrawn.attempt());
        boolean isInReview = queue.inReview().contains(task)
                && plan.waiting(task)
                        .filter(result -> result.attempt() == withdrawn.attempt())
                        .isPresent();
        if (isInReview) {
            queue = queue.reviewed(task);
            writes.settled(task);
        }
        return FoldDecision.Accept.silently(queue.equals(head.queue()) ? writes : writes.head(head.with(queue)));
    }

    /** What becomes of the queue once a task is known. Its result may have come before, and wait to be on the safe side. */
    MergeQueue known(StoredPlan plan, Head head, Task task) {
        var queue = head.queue();
        return queue.inReview().contains(task.id())
                        && plan.waiting(task.id()).isPresent()
                        && !PlanOptions.isReviewed(queue.reviews(), task.kind(), TaskKinds.of(task))
                ? queue.reviewed(task.id()).await(task.id())
                : queue;
    }

    /** Whether a person has to approve the result of a task; of one that is not known yet, to be on the safe side. */
    private static boolean isReviewed(StoredPlan plan, Head head, TaskId id) {
        var kinds = head.queue().reviews();
        return !kinds.isEmpty()
                && plan.task(id)
                        .map(planned ->
                                PlanOptions.isReviewed(kinds, planned.task().kind(), TaskKinds.of(planned.task())))
                        .orElse(true);
    }

    /** What follows from how the queue stands, one step at a time; empty if nothing does. */
    Optional<FoldDecision> next(StoredPlan plan, PlanEvent cause) throws IOException, InterruptedException {
        var found = plan.head();
        if (found.isEmpty() || found.get().base().isEmpty()) return Optional.empty();
        var head = found.get();
        var queue = head.queue();
        var verdict = queue.batch().flatMap(MergeQueue.Batch::verdict);
        if (queue.batch().isPresent() ? verdict.isEmpty() : queue.waiting().isEmpty()) return Optional.empty();
        awaitHead(cause, head);
        if (verdict.isPresent())
            return Optional.of(concluded(plan, head, queue.batch().get(), verdict.get(), cause));
        return new Step(plan, head, repositories.of(cause.plan()), cause).taken();
    }

    /** Whoever merges needs the head. It comes from the topic where this instance did not make it. */
    private void awaitHead(PlanEvent event, Head head) throws IOException, InterruptedException {
        if (!repositories.await(event.plan(), head.commit()))
            throw new IOException("the head of the plan, " + head.commit() + ", is not on the topic code-objects");
    }

    private static boolean isVerification(StoredPlan plan, Head head, TaskId task) {
        return Verifications.isReserved(task.value())
                && plan.task(task)
                        .map(planned -> planned.task().kind() == Task.Kind.VERIFY)
                        .orElse(head.queue().command().isPresent());
    }

    /** Takes up what the command says. */
    private FoldDecision judged(StoredPlan plan, Head head, PlanEvent.Outcome outcome, MergeQueue.Verdict verdict)
            throws IOException {
        var code = repositories.of(outcome.plan());
        var queue = head.queue();
        var node = outcome.task();
        boolean base = node.equals(Verifications.BASE);
        if (base || node.equals(Verifications.END)) {
            boolean goesOn = verdict.passed() || (base && queue.mayFail());
            var tree = code.treeOf(base ? head.base().orElseThrow().start() : head.commit());
            if (goesOn) queue = queue.verified(verdict.passed() ? tree : queue.verified(), verdict.failures());
            else {
                var refused = new Settlement.Conflicted(
                        node,
                        outcome.attempt(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(verdict.reason()));
                var writes = new Writes(outcome.plan()).settlements(List.of(refused));
                // From here on nothing is excused: who fixes the whole has to make all of it pass.
                if (!base) writes.head(head.with(queue.verified(queue.verified(), List.of())));
                return FoldDecision.Accept.of(writes, List.of(), Optional.of(refused));
            }
        } else if (queue.batch().filter(batch -> batch.node().equals(node)).isPresent()) queue = queue.judged(verdict);
        var known = new Settlement.Merged(
                node,
                outcome.attempt(),
                head.version(),
                head.commit(),
                head.commit(),
                code.treeOf(head.commit()),
                List.of(),
                List.of(),
                List.of());
        return FoldDecision.Accept.of(
                new Writes(outcome.plan()).head(head.with(queue)).settlements(List.of(known)),
                List.of(),
                Optional.of(known));
    }

    /** One step after the command has spoken: a result is merged, or the batch is given up. */
    private FoldDecision concluded(
            StoredPlan plan, Head head, MergeQueue.Batch batch, MergeQueue.Verdict verdict, PlanEvent cause)
            throws IOException, InterruptedException {
        var code = repositories.of(cause.plan());
        var queue = head.queue();
        // A contract came in between: it was another code that was verified.
        boolean stale = !batch.from().equals(head.commit());
        if (!stale && verdict.passed()) {
            var first = plan.waiting(batch.results().getFirst());
            if (first.isPresent()) {
                var incoming = merges.incoming(plan, code, first.get());
                if (merges.merge(code, incoming, head.commit()) instanceof TreeMerge.Outcome.Merged merge) {
                    var commit = merges.commit(plan, code, merge.tree(), head.commit(), first.get());
                    boolean last = batch.results().size() == 1;
                    UnaryOperator<MergeQueue> after = now -> {
                        var next = now.merged(incoming.task(), commit);
                        return last ? next.verified(merge.tree(), verdict.failures()) : next;
                    };
                    return merges.merged(plan, head, code, incoming, merge, after);
                }
            }
        }
        if (!stale && !verdict.passed()) {
            if (batch.results().size() > 1)
                return changed(
                        cause,
                        head,
                        repositories.await(cause.plan(), batch.commit())
                                ? queue.suspect(code.treeOf(batch.commit()), batch, verdict.reason())
                                : queue.withoutBatch());
            var only = plan.waiting(batch.results().getFirst());
            if (only.isPresent())
                return refused(head, merges.incoming(plan, code, only.get()), batch.commit(), verdict.reason());
        }
        return changed(cause, head, queue.withoutBatch());
    }

    private static FoldDecision changed(PlanEvent cause, Head head, MergeQueue queue) {
        return FoldDecision.Accept.silently(new Writes(cause.plan()).head(head.with(queue)));
    }

    /** The result that makes the command fail. */
    private FoldDecision refused(Head head, ResultMerges.Incoming incoming, String commit, String reason) {
        var text = "Together with what is merged, this result fails, as commit " + commit + " on top of "
                + head.commit() + ". " + reason;
        return merges.conflicted(head, incoming, List.of(), Optional.of(text), MergeQueue::cleared);
    }

    /** Merges a result that nothing holds back. */
    private FoldDecision settled(StoredPlan plan, Head head, CodeRepository code, ResultMerges.Incoming incoming)
            throws IOException, InterruptedException {
        return switch (merges.merge(code, incoming, head.commit())) {
            case TreeMerge.Outcome.Merged merge ->
                merges.merged(plan, head, code, incoming, merge, UnaryOperator.identity());
            case TreeMerge.Outcome.Conflicted conflicted -> conflicted(head, incoming, conflicted);
        };
    }

    private FoldDecision conflicted(Head head, ResultMerges.Incoming incoming, TreeMerge.Outcome.Conflicted outcome) {
        return merges.conflicted(head, incoming, outcome.conflicts(), Optional.empty(), UnaryOperator.identity());
    }

    /**
     * A result that waits came again: what was asked about it may have been lost in a crash. If its commits were lost too,
     * another batch is made of it.
     */
    private FoldDecision asked(StoredPlan plan, TaskCompleted completed, CodeRepository code, Head head)
            throws IOException, InterruptedException {
        var side = plan.sideTaken(completed.task())
                .filter(taken -> taken.resolved().attempt() == completed.attempt());
        var objects = new ArrayList<CodeObjects>();
        if (side.isPresent()) objects.addAll(again(plan, code, side.get(), completed));
        var open = head.queue().batch().filter(batch -> batch.verdict().isEmpty());
        if (open.isPresent() && !repositories.await(completed.plan(), open.get().commit()))
            return FoldDecision.Accept.of(
                    new Writes(completed.plan()).head(head.with(head.queue().withoutBatch())),
                    objects,
                    Optional.empty());
        if (open.isPresent()) objects.addAll(objects(completed, code, open.get()));
        return new FoldDecision.Accept(new Writes(completed.plan()), objects, Optional.empty(), open, List.of());
    }

    private static List<CodeObjects> objects(PlanEvent cause, CodeRepository code, MergeQueue.Batch batch)
            throws IOException {
        var objects = new ArrayList<CodeObjects>();
        for (var commit = batch.commit(); !commit.equals(batch.from()); ) {
            var parent = code.parentOf(commit).orElseThrow();
            objects.addAll(ResultMerges.packed(cause, code, commit, code.treeOf(parent), Optional.empty()));
            commit = parent;
        }
        return objects;
    }

    /** The next step of a queue in which no batch is being verified. */
    private final class Step {
        private final StoredPlan plan;
        private final Head head;
        private final CodeRepository code;
        private final PlanEvent cause;
        private final MergeQueue queue;
        private final List<TaskId> staged = new ArrayList<>();
        private String tip;

        Step(StoredPlan plan, Head head, CodeRepository code, PlanEvent cause) {
            this.plan = plan;
            this.head = head;
            this.code = code;
            this.cause = cause;
            this.queue = head.queue();
            this.tip = head.commit();
        }

        Optional<FoldDecision> taken() throws IOException, InterruptedException {
            for (var task : queue.candidates()) {
                var decision = consider(task);
                if (decision != null) return Optional.of(decision);
            }
            if (staged.isEmpty()) {
                // What is left of the suspects waits for files: the others may go on.
                return queue.suspects().isEmpty()
                        ? Optional.empty()
                        : Optional.of(changed(cause, head, queue.cleared()));
            }
            var batch = new MergeQueue.Batch(
                    Verifications.batch(queue.requested() + 1), tip, head.commit(), staged, Optional.empty());
            return Optional.of(new FoldDecision.Accept(
                    new Writes(cause.plan()).head(head.with(queue.request(batch))),
                    objects(cause, code, batch),
                    Optional.empty(),
                    Optional.of(batch),
                    List.of()));
        }

        /** Settles a result if that is possible now; else puts it into the batch, or passes it over. */
        private @Nullable FoldDecision consider(TaskId task) throws IOException, InterruptedException {
            var result = plan.waiting(task);
            var before = plan.settlement(task);
            if (result.isEmpty()
                    || before.filter(known -> known.attempt() >= result.get().attempt())
                            .isPresent()) return changed(cause, head, dropped(task, before));
            var incoming = merges.incoming(plan, code, result.get());
            if (isHeld(incoming)) return null;
            return switch (merges.merge(code, incoming, tip)) {
                case TreeMerge.Outcome.Conflicted conflicted ->
                    staged.isEmpty() ? conflicted(head, incoming, conflicted) : null;
                case TreeMerge.Outcome.Merged merge -> consider(incoming, merge);
            };
        }

        /** A crash came between its settlement and the head. */
        private MergeQueue dropped(TaskId task, Optional<Settlement> before) {
            var rest = queue.settled(task);
            return before.orElse(null) instanceof Settlement.Conflicted open
                    ? rest.reserve(new MergeQueue.Reservation(open.task(), open.attempt(), open.paths()))
                    : rest;
        }

        private @Nullable FoldDecision consider(ResultMerges.Incoming incoming, TreeMerge.Outcome.Merged merge)
                throws IOException {
            if (queue.command().isEmpty() || (staged.isEmpty() && merge.tree().equals(code.treeOf(head.commit()))))
                return merges.merged(plan, head, code, incoming, merge, UnaryOperator.identity());
            var commit = merges.commit(plan, code, merge.tree(), tip, incoming.completed());
            if (staged.isEmpty() && isVerified(incoming, merge.tree()))
                return merges.merged(
                        plan,
                        head,
                        code,
                        incoming,
                        merge,
                        after -> after.verified(merge.tree(), known(incoming, merge.tree())));
            if (queue.suspects().size() == 1 && merge.tree().equals(queue.failing()))
                return refused(head, incoming, commit, queue.reason());
            tip = commit;
            staged.add(incoming.task());
            return null;
        }

        private List<String> known(ResultMerges.Incoming incoming, String tree) {
            return isOwn(incoming, tree) ? incoming.completed().failures() : queue.failures();
        }

        /** Whether the command succeeded on this tree: it is the head's, or what the attempt left. */
        private boolean isVerified(ResultMerges.Incoming incoming, String tree) {
            return tree.equals(queue.verified()) || isOwn(incoming, tree);
        }

        private boolean isOwn(ResultMerges.Incoming incoming, String tree) {
            // No attempt ran the command on what a person made.
            if (PersonsResult.isOne(incoming.completed())) return false;
            boolean ran = plan.task(incoming.task())
                    .map(planned -> planned.task().checks().command())
                    .map(own -> own.isEmpty() || own.equals(queue.command()))
                    .orElse(false);
            return ran
                    && incoming.completed()
                            .code()
                            .filter(result -> result.tree().equals(tree))
                            .isPresent();
        }

        /** Whether it changes files that another task reconciles. */
        private boolean isHeld(ResultMerges.Incoming incoming) {
            return queue.reservations().stream()
                    .filter(reserved -> !reserved.task().equals(incoming.task())
                            && incoming.standsFor().stream()
                                    .noneMatch(open -> open.task().equals(reserved.task())
                                            && open.attempt() == reserved.attempt()))
                    .anyMatch(
                            reserved -> incoming.changes().stream().anyMatch(change -> reserved.covers(change.path())));
        }
    }
}
