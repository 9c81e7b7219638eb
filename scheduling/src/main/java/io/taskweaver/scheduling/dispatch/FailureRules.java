package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Sentences;
import io.taskweaver.model.event.Pause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a task whose attempt ended without success. */
final class FailureRules {
    private final Backoff backoff;

    FailureRules(Backoff backoff) {
        this.backoff = backoff;
    }

    Decision decide(PlanProgress plan, NodeState entry, Attempts attempts, SchedulerInput.Failed report, Instant now) {
        if (Transitions.isVerdict(entry.node.kind(), report.failure()))
            return Scheduler.move(entry, new TaskState.Unmerged(attempts, now));
        var next = Transitions.failed(
                attempts,
                report,
                plan.options().maxAttempts(),
                plan.agentsOf(entry).size(),
                backoff.until(now, entry.node.id(), attempts.number()));
        return switch (next) {
            case TaskState.Failed failed -> new Decision(giveUp(plan, entry, failed), withdrawn(plan, entry));
            case TaskState.NeedsInput asked -> Decision.announced(List.of(Scheduler.moved(entry.node.id(), asked)));
            case TaskState.Pending(Attempts following)
            when report.failure().halts() && following.agent() == attempts.agent() -> pause(plan, entry, next, report);
            default -> Scheduler.move(entry, next);
        };
    }

    /** The task is given up, and with it the one that it stands for. */
    static List<Change> giveUp(PlanProgress plan, NodeState entry, TaskState.Failed failed) {
        var changes = new ArrayList<Change>();
        changes.add(Scheduler.moved(entry.node.id(), failed));
        for (var each : Reconciliation.reconciledBy(plan, entry))
            if (each.state instanceof TaskState.Tried tried && !tried.satisfies())
                changes.add(Scheduler.moved(
                        each.node.id(), new TaskState.Failed(tried.attempts(), failed.reason(), failed.hint())));
        return changes;
    }

    /** The conflicting results that nobody brings in any more, since the task that was to do it is given up. */
    static List<Action> withdrawn(PlanProgress plan, NodeState entry) {
        var withdrawn = new ArrayList<Action>();
        for (var each : Reconciliation.reconciledBy(plan, entry))
            if (each.state instanceof TaskState.Tried tried)
                withdrawn.add(
                        new Action.Withdraw(each.node.id(), tried.attempts().number()));
        return withdrawn;
    }

    /** No other task would fare better. */
    private static Decision pause(PlanProgress plan, NodeState entry, TaskState next, SchedulerInput.Failed report) {
        var changes = new ArrayList<Change>();
        changes.add(Scheduler.moved(entry.node.id(), next));
        var reason = report.hint()
                .map(hint -> Sentences.ended(report.reason()) + " " + hint)
                .orElse(report.reason());
        if (!(plan.state() instanceof PlanState.Active)) return new Decision(changes, List.of());
        changes.add(new Change.PlanMoved(new PlanState.Paused(reason, Pause.Cause.AGENT)));
        return Decision.announced(changes);
    }
}
