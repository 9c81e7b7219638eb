package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.TreeMerge;
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
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Decides in which order results are merged. A result that changes files which are being reconciled waits. In a plan with a
 * command, results wait until it succeeds on the code that they make together; an attempt has run it on its own tree
 * already, so a result that is merged into the head that it started from does not wait.
 */
final class QueueRules {
    /** More results than are reconciled one after the other. */
    private static final int MOST_STEPS = 100;

    private final PlanRepositories repositories;
    private final ResultMerges merges;
    private final Resolutions resolutions;

    QueueRules(PlanRepositories repositories, ResultMerges merges, Resolutions resolutions) {
        this.repositories = repositories;
        this.merges = merges;
        this.resolutions = resolutions;
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
        var incoming = merges.limited(plan, code, completed);
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
                    new Writes(resolved.plan()), resolutions.repeated(plan, code, before.get(), resolved), before);
        if (head.base().isEmpty()) throw new IllegalArgumentException("The code of the plan has not arrived.");
        awaitHead(resolved, head);
        var waiting = plan.waiting(resolved.task());
        if (head.queue().waiting().contains(resolved.task())
                && waiting.isPresent()
                && waiting.get().attempt() >= resolved.attempt()) return asked(plan, waiting.get(), code, head);
        try {
            return resolutions.accepted(plan, head, code, before, resolved);
        } catch (IllegalArgumentException e) {
            return Resolutions.refused(plan, head, before, resolved, String.valueOf(e.getMessage()));
        }
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
        return new MergeStep(merges, plan, head, repositories.of(cause.plan()), cause).taken();
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
                return merges.refused(head, merges.incoming(plan, code, only.get()), batch.commit(), verdict.reason());
        }
        return changed(cause, head, queue.withoutBatch());
    }

    static FoldDecision changed(PlanEvent cause, Head head, MergeQueue queue) {
        return FoldDecision.Accept.silently(new Writes(cause.plan()).head(head.with(queue)));
    }

    /** Merges a result that nothing holds back. */
    private FoldDecision settled(StoredPlan plan, Head head, CodeRepository code, ResultMerges.Incoming incoming)
            throws IOException, InterruptedException {
        return switch (merges.merge(code, incoming, head.commit())) {
            case TreeMerge.Outcome.Merged merge ->
                merges.merged(plan, head, code, incoming, merge, UnaryOperator.identity());
            case TreeMerge.Outcome.Conflicted conflicted -> merges.conflicted(head, incoming, conflicted);
        };
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
        if (side.isPresent()) objects.addAll(resolutions.again(plan, code, side.get(), completed));
        var open = head.queue().batch().filter(batch -> batch.verdict().isEmpty());
        if (open.isPresent() && !repositories.await(completed.plan(), open.get().commit()))
            return FoldDecision.Accept.of(
                    new Writes(completed.plan()).head(head.with(head.queue().withoutBatch())),
                    objects,
                    Optional.empty());
        if (open.isPresent()) objects.addAll(ResultMerges.packed(completed, code, open.get()));
        return new FoldDecision.Accept(new Writes(completed.plan()), objects, Optional.empty(), open, List.of());
    }
}
