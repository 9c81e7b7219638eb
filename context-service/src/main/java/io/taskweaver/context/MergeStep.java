package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.PlanEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The next step of a queue in which no batch is being verified. */
final class MergeStep {
    private final ResultMerges merges;
    private final StoredPlan plan;
    private final Head head;
    private final CodeRepository code;
    private final PlanEvent cause;
    private final MergeQueue queue;
    private final List<TaskId> staged = new ArrayList<>();
    private String tip;

    MergeStep(ResultMerges merges, StoredPlan plan, Head head, CodeRepository code, PlanEvent cause) {
        this.merges = merges;
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
                    : Optional.of(QueueRules.changed(cause, head, queue.cleared()));
        }
        var batch = new MergeQueue.Batch(
                Verifications.batch(queue.requested() + 1), tip, head.commit(), staged, Optional.empty());
        return Optional.of(new FoldDecision.Accept(
                new Writes(cause.plan()).head(head.with(queue.request(batch))),
                ResultMerges.packed(cause, code, batch),
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
                        .isPresent()) return QueueRules.changed(cause, head, dropped(task, before));
        var incoming = merges.incoming(plan, code, result.get());
        if (isHeld(incoming)) return null;
        return switch (merges.merge(code, incoming, tip)) {
            case TreeMerge.Outcome.Conflicted conflicted ->
                staged.isEmpty() ? merges.conflicted(head, incoming, conflicted) : null;
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
            return merges.refused(head, incoming, commit, queue.reason());
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
                                .noneMatch(open ->
                                        open.task().equals(reserved.task()) && open.attempt() == reserved.attempt()))
                .anyMatch(reserved -> incoming.changes().stream().anyMatch(change -> reserved.covers(change.path())));
    }
}
