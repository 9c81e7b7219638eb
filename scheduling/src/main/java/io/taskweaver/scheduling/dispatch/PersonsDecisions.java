package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Resolution;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What follows from what a person decides about a task: to retry, approve, reject, resolve, cancel or pause it. */
final class PersonsDecisions {
    private PersonsDecisions() {}

    static Decision retried(PlanProgress plan, SchedulerInput.RetryAsked input) {
        var entry = plan.require(input.task());
        var waiting = Reconciliation.reconciledBy(plan, entry);
        if (Reconciliation.isObsolete(plan, waiting.isEmpty() ? entry : waiting.getLast())) return Decision.NOTHING;
        var decision = commanded(entry, Transitions.retried(entry.state));
        if (!(entry.state instanceof TaskState.Failed)) return decision;
        var changes = new ArrayList<>(decision.changes());
        var resolver = entry;
        for (var each : waiting) {
            // With the reconcile node, what it reconciles is no longer given up.
            if (each.state instanceof TaskState.Failed failed)
                changes.add(Scheduler.moved(
                        each.node.id(), new TaskState.Conflicted(failed.attempts(), resolver.node.id())));
            resolver = each;
        }
        return new Decision(changes, decision.commands());
    }

    static Decision approved(PlanProgress plan, SchedulerInput.Approved input, Instant now) {
        var entry = plan.require(input.task());
        if (input.attempt() != Command.NO_RESULT) return resultApproved(plan, entry, input.attempt(), now);
        return commanded(entry, Transitions.approved(entry.state, input.answer()));
    }

    private static Decision resultApproved(PlanProgress plan, NodeState entry, int attempt, Instant now) {
        if (!(entry.state instanceof TaskState.Tried tried) || tried.attempts().number() != attempt)
            return Decision.NOTHING;
        return switch (tried) {
            case TaskState.InReview review ->
                Scheduler.announced(entry, Transitions.approved(review, now))
                        .and(List.of(Reissues.approval(entry, review)));
            // It may have been lost.
            case TaskState.Unmerged unmerged
            when plan.isReviewed(entry) -> Decision.send(List.of(Reissues.approval(entry, unmerged)));
            default -> Decision.NOTHING;
        };
    }

    static Decision rejected(PlanProgress plan, SchedulerInput.Rejected input) {
        var entry = plan.require(input.task());
        if (!(entry.state instanceof TaskState.Tried tried)) return Decision.NOTHING;
        var rejection = Optional.of(input.reason());
        if (entry.state instanceof TaskState.InReview review
                && review.attempts().number() == input.attempt()) {
            var withdrawal =
                    new Action.Withdraw(entry.node.id(), review.attempts().number(), rejection);
            var next =
                    Transitions.rejected(review, input.reason(), plan.options().maxRejections());
            var withdrawn = List.<Action>of(withdrawal);
            return next instanceof TaskState.Failed failed
                    ? Decision.announced(FailureRules.giveUp(plan, entry, failed))
                            .and(withdrawn)
                            .and(FailureRules.withdrawn(plan, entry))
                    : Scheduler.announced(entry, next).and(withdrawn);
        }
        // What followed from it may have been lost.
        int last = tried.attempts().number() - (tried instanceof TaskState.Failed ? 0 : 1);
        if (tried.attempts().rejections() == 0 || input.attempt() != last) return Decision.NOTHING;
        var again = new ArrayList<Action>();
        again.add(new Action.Withdraw(entry.node.id(), last, rejection));
        again.addAll(Reissues.reissued(plan, entry));
        return Decision.send(again);
    }

    /** Whoever was to reconcile the task's result need not any more. */
    static Decision resolved(PlanProgress plan, SchedulerInput.ResolveAsked asked, Instant now) {
        var entry = plan.require(asked.task());
        if (!mayBeResolved(plan, entry, asked)) return Decision.NOTHING;
        if (entry.state instanceof TaskState.Resolved known && known.attempts().number() == asked.attempt() + 1)
            return Decision.send(List.of(Reissues.resolution(entry, known)));
        var next = Transitions.resolved(entry.state, asked.attempt(), asked.resolution(), now);
        if (next.isEmpty()) return Decision.NOTHING;
        var changes = new ArrayList<Change>();
        var commands = new ArrayList<Action>();
        commands.add(Reissues.resolution(entry, next.get()));
        for (var resolver = resolverOf(plan, entry);
                resolver.isPresent();
                resolver = resolverOf(plan, resolver.get())) {
            var node = resolver.get();
            if (node.state instanceof TaskState.Failed || node.state.satisfies()) continue;
            changes.add(Scheduler.moved(node.node.id(), Transitions.superseded(node.state, asked.resolution())));
            commands.add(
                    new Action.StopAttempts(node.node.id(), asked.resolution().words()));
        }
        changes.add(Scheduler.moved(entry.node.id(), next.get()));
        commands.add(new Action.AnnounceStanding(Optional.empty()));
        return new Decision(changes, commands);
    }

    /** A task of the documents, or the end: what it needs is there, and for a side, files that conflict. */
    private static boolean mayBeResolved(PlanProgress plan, NodeState entry, SchedulerInput.ResolveAsked asked) {
        boolean isResult =
                entry.node.kind() == Task.Kind.WORK || entry.node.id().equals(Verifications.END);
        if (!isResult || entry.needsLeft > 0) return false;
        // Nothing could be merged.
        if (entry.node.kind() == Task.Kind.WORK && (plan.isUnverifiable() || plan.isBaseUnverified())) return false;
        return asked.resolution().side() == Resolution.Side.FILES || mayHaveSides(plan, entry, asked.attempt());
    }

    /** Of a task that failed, who merges knows whether its last result conflicts: what it was settled with may have been refused since. */
    private static boolean mayHaveSides(PlanProgress plan, NodeState entry, int attempt) {
        int first = entry.state instanceof TaskState.Conflicted ? attempt : 1;
        return IntStream.rangeClosed(first, attempt)
                .mapToObj(each -> plan.find(Reconciliation.id(entry.node.id(), each)))
                .flatMap(Optional::stream)
                .anyMatch(resolver -> !resolver.node.files().isEmpty());
    }

    private static Optional<NodeState> resolverOf(PlanProgress plan, NodeState entry) {
        return entry.state instanceof TaskState.Tried tried
                ? plan.find(Reconciliation.id(entry.node.id(), tried.attempts().number()))
                : Optional.empty();
    }

    static Decision cancelled(PlanProgress plan, SchedulerInput.TaskCancelAsked asked) {
        var entry = plan.require(asked.task());
        if (entry.node.kind() == Task.Kind.CONTRACT) return Decision.NOTHING;
        var withdrawn = new ArrayList<>(FailureRules.withdrawn(plan, entry));
        if (entry.state instanceof TaskState.InReview review)
            withdrawn.add(new Action.Withdraw(entry.node.id(), review.attempts().number()));
        return Transitions.cancelled(entry.state, asked.reason())
                .map(failed -> Decision.announced(FailureRules.giveUp(plan, entry, failed))
                        .and(withdrawn))
                .orElse(Decision.NOTHING);
    }

    static Decision paused(PlanProgress plan, SchedulerInput.TaskPauseAsked asked) {
        var entry = plan.require(asked.task());
        if (entry.node.kind() == Task.Kind.CONTRACT) return Decision.NOTHING;
        return Transitions.paused(entry.state, asked.reason())
                .map(held -> Scheduler.announced(entry, held))
                .orElse(Decision.NOTHING);
    }

    /** A failed plan goes on with one of its tasks, and whatever waits for that. */
    static Decision reopened(PlanProgress plan, TaskId task, Decision decided) {
        if (!(plan.require(task).state instanceof TaskState.Failed) || decided.isNothing()) return Decision.NOTHING;
        var changes = new ArrayList<Change>();
        changes.add(new Change.PlanMoved(PlanState.Active.INSTANCE));
        changes.addAll(decided.changes());
        var commands = new ArrayList<>(decided.commands());
        commands.removeIf(Action.AnnounceStanding.class::isInstance);
        commands.add(new Action.AnnounceStanding(Optional.empty()));
        return new Decision(changes, commands);
    }

    /** A user moved a node; the list of tasks that wait for people is published again if it did. */
    private static Decision commanded(NodeState entry, Optional<TaskState> next) {
        boolean waited = entry.state instanceof TaskState.NeedsInput
                || entry.state instanceof TaskState.Gated
                || entry.state instanceof TaskState.Held;
        return next.map(state -> waited ? Scheduler.announced(entry, state) : Scheduler.move(entry, state))
                .orElse(Decision.NOTHING);
    }
}
