package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is sent again because it found no answer, or may have been lost. */
final class Reissues {
    private final AnswerTimeouts timeouts;

    Reissues(AnswerTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    /** See {@link Scheduler#overdue}. */
    Decision overdue(PlanProgress plan, AnswerTimeouts.Leases leases, Instant notBefore, int room, Instant now) {
        if (!(plan.state() instanceof PlanState.Active)) return Decision.NOTHING;
        var changes = new ArrayList<Change>();
        var commands = new ArrayList<Action>();
        for (var entry : plan.outstanding()) {
            if (!(entry.state instanceof TaskState.Outstanding out)) continue;
            boolean contract = entry.node.kind() == Task.Kind.CONTRACT;
            boolean attempt = !contract && !out.isMerging();
            var limit = contract ? timeouts.contract() : attempt ? timeouts.attempt() : timeouts.merge();
            if (out.since().isAfter(now.plus(limit))) {
                // The clock was set back; waiting is not to last until it is there again.
                changes.add(new Change.TaskMoved(entry.node.id(), renewed(out, now)));
                continue;
            }
            if (!contract && room <= 0) continue;
            var heard = later(out.since(), notBefore);
            if (attempt) {
                var named = leases.lastNamed(entry.node.id(), out.attempts().number());
                if (named.isPresent()) heard = later(heard, named.get());
            }
            if (!heard.plus(limit).isBefore(now)) continue;
            changes.add(new Change.TaskMoved(entry.node.id(), renewed(out, now)));
            commands.add(command(plan, entry, out.attempts(), true));
            if (out instanceof TaskState.Unmerged && plan.isReviewed(entry)) commands.add(approval(entry, out));
            if (!contract) room--;
        }
        return changes.isEmpty() ? Decision.NOTHING : new Decision(changes, commands);
    }

    static Decision repeatAll(PlanProgress plan) {
        var commands = new ArrayList<Action>();
        commands.add(new Action.AnnouncePlan());
        commands.add(new Action.AnnounceStanding(Optional.empty()));
        for (var entry : plan.outstanding()) commands.addAll(reissued(plan, entry));
        return Decision.send(commands);
    }

    /** What was issued after this node was satisfied, and may have been lost. */
    static Decision repeatReleased(PlanProgress plan, NodeState entry) {
        var commands = new ArrayList<Action>();
        for (var dependent : entry.dependents) commands.addAll(reissued(plan, dependent));
        return Decision.send(commands);
    }

    static List<Action> repeatedResolver(PlanProgress plan, NodeState resolver) {
        var commands = new ArrayList<Action>();
        commands.add(new Action.AnnounceTask(resolver.node.id()));
        commands.addAll(reissued(plan, resolver));
        return commands;
    }

    /** The command that a node's state stands for, if nobody is known to have received it. */
    static List<Action> reissued(PlanProgress plan, NodeState entry) {
        return entry.state instanceof TaskState.Issued issued
                ? List.of(command(plan, entry, issued.attempts(), true))
                : List.of();
    }

    static Action command(PlanProgress plan, NodeState entry, Attempts attempts, boolean reissued) {
        if (entry.state instanceof TaskState.Resolved resolved) return resolution(entry, resolved);
        return entry.node.kind() == Task.Kind.CONTRACT
                ? new Action.SpecifyComponent(entry.node.id())
                : new Action.IssueAttempt(
                        entry.node.id(), plan.agentOf(entry, attempts), attempts, entry.urgency, reissued);
    }

    static Action resolution(NodeState entry, TaskState.Resolved resolved) {
        return new Action.AnnounceResolution(
                entry.node.id(), resolved.attempts().number(), resolved.resolution());
    }

    static Action approval(NodeState entry, TaskState.Tried state) {
        return new Action.ApproveResult(entry.node.id(), state.attempts().number());
    }

    private static TaskState renewed(TaskState.Outstanding out, Instant now) {
        return switch (out) {
            case TaskState.Issued issued -> new TaskState.Issued(issued.attempts(), now);
            case TaskState.Running running ->
                new TaskState.Running(running.attempts(), now, running.executor(), running.startedAt());
            case TaskState.Unmerged unmerged -> new TaskState.Unmerged(unmerged.attempts(), now);
            case TaskState.Resolved resolved ->
                new TaskState.Resolved(
                        resolved.attempts(), now, resolved.resolution(), resolved.failure(), resolved.hint());
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
