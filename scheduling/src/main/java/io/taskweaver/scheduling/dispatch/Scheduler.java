package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a plan does next. No clock, no I/O, no randomness, and nothing is changed here: a decision is a list of
 * changes to keep and to apply to the {@link PlanProgress}, and of commands to send afterwards.
 *
 * <p>The caller asks {@link #decide} what follows from an input, then {@link #next} again and again until nothing follows:
 * contracts are asked for, delayed tasks come back, ready ones are issued while there is room, and the plan is closed when
 * nothing can move any more. From time to time it asks {@link #overdue} what to send again.
 *
 * <p>What persons decide about tasks is in {@code PersonsDecisions}, what becomes of failed attempts in {@code FailureRules},
 * and what is sent again in {@code Reissues}.
 *
 * <p>A report of an attempt that is not the current one changes nothing. One that was applied before has the commands
 * repeated that may have been lost after it, where that is cheap.
 */
public final class Scheduler {
    /** What to do about a base that fails. */
    public static final String FAILING_BASE = "Make it pass, then run it as a new plan with --again; or add"
            + " --allow-failing-base to that: then results may have the failures that it has now, and the plan has to"
            + " end without any.";

    private final FailureRules failures;
    private final Reissues reissues;

    public Scheduler(Backoff backoff, AnswerTimeouts timeouts) {
        this.failures = new FailureRules(backoff);
        this.reissues = new Reissues(timeouts);
    }

    /**
     * What follows from an input.
     *
     * @throws IllegalArgumentException if it is about a node that the plan does not have
     */
    public Decision decide(PlanProgress plan, SchedulerInput input, Instant now) {
        if (plan.state() instanceof PlanState.Closed end)
            return switch (input) {
                case SchedulerInput.RetryAsked asked
                when mayReopen(end, asked) ->
                    PersonsDecisions.reopened(plan, asked.task(), PersonsDecisions.retried(plan, asked));
                case SchedulerInput.ResolveAsked asked
                when mayReopen(end, asked) ->
                    PersonsDecisions.reopened(plan, asked.task(), PersonsDecisions.resolved(plan, asked, now));
                case SchedulerInput.OptionsChanged asked when end instanceof PlanState.Failed -> changed(plan, asked);
                default -> afterTheEnd(end, input);
            };
        return switch (input) {
            case SchedulerInput.ContractPublished published -> published(plan, published, now);
            case SchedulerInput.Started started -> started(plan, started, now);
            case SchedulerInput.Completed completed -> completed(plan, completed, now);
            case SchedulerInput.Merged merged -> merged(plan, merged, now);
            case SchedulerInput.Conflicted conflicted -> conflicted(plan, conflicted);
            case SchedulerInput.VerificationAsked asked -> verify(plan, asked.node(), asked.results());
            case SchedulerInput.Failed failed -> failed(plan, failed, now);
            case SchedulerInput.RetryAsked asked -> PersonsDecisions.retried(plan, asked);
            case SchedulerInput.Approved approved -> PersonsDecisions.approved(plan, approved, now);
            case SchedulerInput.Rejected rejected -> PersonsDecisions.rejected(plan, rejected);
            case SchedulerInput.ResolveAsked asked -> PersonsDecisions.resolved(plan, asked, now);
            case SchedulerInput.TaskCancelAsked asked -> PersonsDecisions.cancelled(plan, asked);
            case SchedulerInput.TaskPauseAsked asked -> PersonsDecisions.paused(plan, asked);
            case SchedulerInput.CancelAsked asked ->
                PlanEnding.of(new PlanState.Cancelled(asked.reason(), PlanEnding.done(plan), PlanEnding.retried(plan)));
            case SchedulerInput.PauseAsked asked -> paused(plan, asked);
            case SchedulerInput.ResumeAsked asked -> resumed(plan, asked, now);
            case SchedulerInput.PriorityChanged changed ->
                plan.priority() == changed.priority()
                        ? Decision.NOTHING
                        : Decision.of(new Change.PriorityMoved(changed.priority()));
            case SchedulerInput.OptionsChanged asked -> changed(plan, asked);
            case SchedulerInput.Resubmitted again -> Reissues.repeatAll(plan);
        };
    }

    /** Whether an input may open a plan again that has ended in this way. */
    public static boolean mayReopen(PlanState.Closed end, SchedulerInput input) {
        return end instanceof PlanState.Failed
                && (input instanceof SchedulerInput.RetryAsked || input instanceof SchedulerInput.ResolveAsked);
    }

    /** What follows from another input to a plan that has ended: at most its end is announced again. */
    public static Decision afterTheEnd(PlanState.Closed end, SchedulerInput input) {
        boolean mayHaveEndedIt = switch (input) {
            case SchedulerInput.Merged _, SchedulerInput.Failed _ -> !(end instanceof PlanState.Cancelled);
            case SchedulerInput.CancelAsked asked -> end instanceof PlanState.Cancelled;
            case SchedulerInput.Resubmitted again -> true;
            case SchedulerInput.ContractPublished _, SchedulerInput.Started _, SchedulerInput.Completed _ -> false;
            case SchedulerInput.Conflicted _, SchedulerInput.VerificationAsked _ -> false;
            case SchedulerInput.RetryAsked _, SchedulerInput.Approved _, SchedulerInput.Rejected _ -> false;
            case SchedulerInput.TaskCancelAsked _, SchedulerInput.TaskPauseAsked _ -> false;
            case SchedulerInput.ResolveAsked _ -> false;
            case SchedulerInput.PauseAsked _, SchedulerInput.ResumeAsked _ -> false;
            case SchedulerInput.PriorityChanged _, SchedulerInput.OptionsChanged _ -> false;
        };
        return mayHaveEndedIt ? Decision.send(List.of(new Action.AnnounceEnd(end))) : Decision.NOTHING;
    }

    /**
     * The next thing that the plan does by itself, or nothing.
     *
     * @param room how many more attempts the fleet takes for this plan
     */
    public Decision next(PlanProgress plan, int room, Instant now) {
        return next(plan, room, Set.of(), now);
    }

    /**
     * The next thing that the plan does by itself, or nothing.
     *
     * @param room how many more attempts the fleet takes for this plan
     * @param closed agents that take none
     */
    public Decision next(PlanProgress plan, int room, Set<String> closed, Instant now) {
        if (plan.state() instanceof PlanState.Closed) return Decision.NOTHING;
        if (!plan.canMove()) return ending(plan);
        // Results cannot be merged any more; attempts that run may end, and their results are kept.
        if (plan.isUnverifiable()) return plan.inFlight() > 0 ? Decision.NOTHING : ending(plan);
        var due = plan.nextDue();
        if (due.isPresent()
                && due.get().state instanceof TaskState.Delayed(Attempts attempts, Instant until)
                && !until.isAfter(now)) return move(due.get(), new TaskState.Pending(attempts));
        if (plan.state() instanceof PlanState.Paused(var _, Pause.Cause cause)) {
            // It costs nothing, and what is completed waits for it. After an agent's halt it would halt again.
            if (cause == Pause.Cause.AGENT || room <= 0) return Decision.NOTHING;
            return plan.readyVerification()
                    .map(entry -> issue(plan, entry, now))
                    .orElse(Decision.NOTHING);
        }
        var unspecified = plan.firstUnspecified();
        if (unspecified.isPresent()) return issue(plan, unspecified.get(), now);
        var gated = plan.readyButGated();
        if (!gated.isEmpty()) return gate(gated);
        // While results wait for review, time passes.
        if (plan.readyCount() == 0 && plan.count(TaskStage.IN_REVIEW) == 0) return Decision.NOTHING;
        var limit = plan.limits().reached(plan.used(), plan.createdAt(), now);
        if (limit.isPresent()) return stop(limit.get());
        int most = plan.options().maxConcurrent();
        if (room <= 0 || (most > 0 && plan.inFlight() >= most)) return Decision.NOTHING;
        return plan.mostUrgentReady(closed)
                .map(entry -> issue(plan, entry, now))
                .orElse(Decision.NOTHING);
    }

    /** The whole is verified before a plan is completed. */
    private static Decision ending(PlanProgress plan) {
        var end = PlanEnding.asItStands(plan);
        boolean unverified = end instanceof PlanState.Completed
                && plan.options().verify().isPresent()
                && !plan.knows(Verifications.END);
        return unverified ? verify(plan, Verifications.END, List.of()) : PlanEnding.of(end);
    }

    /** The code that the plan starts from is verified before an agent is paid. */
    public static Decision verifyBase(PlanProgress plan) {
        return verify(plan, Verifications.BASE, List.of());
    }

    private static Decision verify(PlanProgress plan, TaskId node, List<TaskId> results) {
        if (!plan.knows(node))
            return new Decision(
                    List.of(new Change.VerificationAdded(Node.verification(node), results, plan.size())),
                    List.of(new Action.AnnounceTask(node)));
        var commands = new ArrayList<Action>();
        commands.add(new Action.AnnounceTask(node));
        commands.addAll(Reissues.reissued(plan, plan.require(node)));
        return Decision.send(commands);
    }

    private static Decision stop(String limit) {
        return Decision.announced(List.of(new Change.PlanMoved(new PlanState.Paused(limit, Pause.Cause.LIMIT))));
    }

    /** All at once, so that a person can decide about them together. */
    private static Decision gate(List<NodeState> gated) {
        var changes = new ArrayList<Change>(gated.size());
        for (var entry : gated)
            if (entry.state instanceof TaskState.Pending(Attempts attempts))
                changes.add(moved(entry.node.id(), new TaskState.Gated(attempts)));
        return Decision.announced(changes);
    }

    private static Decision paused(PlanProgress plan, SchedulerInput.PauseAsked asked) {
        if (plan.state() instanceof PlanState.Paused) return Decision.NOTHING;
        return Decision.announced(
                List.of(new Change.PlanMoved(new PlanState.Paused(asked.reason(), Pause.Cause.USER))));
    }

    private static Decision resumed(PlanProgress plan, SchedulerInput.ResumeAsked asked, Instant now) {
        var changes = new ArrayList<Change>();
        var limits = plan.limits().changed(asked.limits(), Duration.between(plan.createdAt(), now));
        if (!limits.equals(plan.limits())) changes.add(new Change.LimitsMoved(limits));
        if (!(plan.state() instanceof PlanState.Active)) changes.add(new Change.PlanMoved(PlanState.Active.INSTANCE));
        return changes.isEmpty() ? Decision.NOTHING : Decision.announced(changes);
    }

    /** What runs already keeps its options. Of a plan that failed, they count from when it is retried. */
    private static Decision changed(PlanProgress plan, SchedulerInput.OptionsChanged asked) {
        var options = asked.changes().in(plan.options());
        return options.equals(plan.options()) ? Decision.NOTHING : Decision.of(new Change.OptionsMoved(options));
    }

    /**
     * What was sent, found no answer and is sent again.
     *
     * @param leases when executors last named their attempts
     * @param notBefore when waiting began at the earliest: the planner's own start
     * @param room how many attempts the fleet could take
     */
    public Decision overdue(PlanProgress plan, AnswerTimeouts.Leases leases, Instant notBefore, int room, Instant now) {
        return reissues.overdue(plan, leases, notBefore, room, now);
    }

    private static Decision published(PlanProgress plan, SchedulerInput.ContractPublished input, Instant now) {
        var entry = plan.require(input.task());
        if (entry.node.kind() != Task.Kind.CONTRACT) return Decision.NOTHING;
        if (entry.state.satisfies()) return Reissues.repeatReleased(plan, entry);
        return satisfy(plan, entry, now);
    }

    private static Decision started(PlanProgress plan, SchedulerInput.Started input, Instant now) {
        var entry = plan.require(input.task());
        return current(entry, input.attempt())
                .filter(attempts -> !(entry.state instanceof TaskState.Running running
                        && running.executor().equals(input.executor())))
                .map(attempts -> move(entry, new TaskState.Running(attempts, now, input.executor(), input.startedAt())))
                .orElse(Decision.NOTHING);
    }

    private static Decision completed(PlanProgress plan, SchedulerInput.Completed input, Instant now) {
        var entry = plan.require(input.task());
        var current = current(entry, input.attempt());
        if (current.isEmpty()) return Decision.NOTHING;
        var attempts = current.get().using(input.usage());
        var decision = plan.isReviewed(entry)
                ? announced(entry, new TaskState.InReview(attempts, input.commit()))
                : move(entry, new TaskState.Unmerged(attempts, now));
        return decision.and(warning(plan, input.usage()));
    }

    /** What is merged is a fact, whichever attempt it came from. */
    private static Decision merged(PlanProgress plan, SchedulerInput.Merged input, Instant now) {
        var entry = plan.require(input.task());
        if (entry.node.kind() == Task.Kind.CONTRACT) return Decision.NOTHING;
        if (entry.state.satisfies()) return Reissues.repeatReleased(plan, entry);
        return satisfy(plan, entry, now);
    }

    private static Decision conflicted(PlanProgress plan, SchedulerInput.Conflicted input) {
        var entry = plan.require(input.task());
        if (entry.state instanceof TaskState.Conflicted known)
            return known.attempts().number() == input.attempt()
                    ? Decision.send(Reissues.repeatedResolver(plan, plan.require(known.resolver())))
                    : Decision.NOTHING;
        var attempts = current(entry, input.attempt());
        if (attempts.isEmpty()
                && entry.state instanceof TaskState.Outstanding out
                && out.isMerging()
                && out.attempts().number() == input.attempt()) attempts = Optional.of(out.attempts());
        var withdrawn = new Action.Withdraw(entry.node.id(), input.attempt());
        if (attempts.isEmpty()) return Decision.send(List.of(withdrawn));
        if (entry.node.id().equals(Verifications.BASE))
            return Decision.of(moved(
                    entry.node.id(),
                    new TaskState.Failed(attempts.get(), input.reason().orElse(""), Optional.of(FAILING_BASE))));
        var node = Reconciliation.node(
                entry.node.id(), input.attempt(), entry.node.estimateMinutes(), input.paths(), entry.node.kinds());
        var next = entry.state instanceof TaskState.Resolved settled
                        && input.refused().isPresent()
                ? Transitions.refused(settled, input.refused().get(), node.id())
                : Transitions.conflicted(attempts.get(), node.id(), Reconciliation.reconciliations(plan, entry));
        if (next instanceof TaskState.Failed failed) {
            var commands = new ArrayList<Action>(FailureRules.withdrawn(plan, entry));
            commands.add(withdrawn);
            return new Decision(FailureRules.giveUp(plan, entry, failed), commands);
        }
        return new Decision(
                List.of(
                        new Change.ReconcileAdded(node, entry.node.id(), input.paths(), input.reason(), plan.size()),
                        moved(entry.node.id(), next)),
                List.of(new Action.AnnounceTask(node.id())));
    }

    private Decision failed(PlanProgress plan, SchedulerInput.Failed input, Instant now) {
        var entry = plan.require(input.task());
        var attempts = current(entry, input.attempt());
        if (attempts.isPresent()) {
            var decided = failures.decide(plan, entry, attempts.get().using(input.usage()), input, now);
            return decided.and(warning(plan, input.usage()));
        }
        boolean repeated = entry.state instanceof TaskState.Issued issued
                && issued.attempts().number() == input.attempt() + 1;
        return repeated ? Decision.send(Reissues.reissued(plan, entry)) : Decision.NOTHING;
    }

    /** What to tell the user of what was used before, and with the given amount. */
    private static List<Action> warning(PlanProgress plan, Usage usage) {
        return plan.limits()
                .passed(plan.used(), plan.used().plus(usage))
                .map(text -> List.<Action>of(new Action.AnnounceStanding(Optional.of(text))))
                .orElse(List.of());
    }

    static Decision announced(NodeState entry, TaskState next) {
        return Decision.announced(List.of(moved(entry.node.id(), next)));
    }

    /** The attempts of a node if {@code attempt} is the one that may be out: also one whose issue was not kept. */
    private static Optional<Attempts> current(NodeState entry, int attempt) {
        boolean mayBeOut =
                entry.isReady() || entry.state instanceof TaskState.Issued || entry.state instanceof TaskState.Running;
        return entry.node.kind() != Task.Kind.CONTRACT
                        && mayBeOut
                        && entry.state instanceof TaskState.Tried tried
                        && tried.attempts().number() == attempt
                ? Optional.of(tried.attempts())
                : Optional.empty();
    }

    /** The node is satisfied, and so is the task that it stands for, unless a later attempt of that counts by now. */
    private static Decision satisfy(PlanProgress plan, NodeState entry, Instant now) {
        var changes = new ArrayList<Change>();
        var satisfied = new ArrayList<>(List.of(entry));
        satisfied.addAll(Reconciliation.reconciledBy(plan, entry));
        for (var each : satisfied)
            if (each.state instanceof TaskState.Tried tried && !tried.satisfies())
                changes.add(new Change.TaskMoved(each.node.id(), new TaskState.Merged(tried.attempts(), now)));
        return new Decision(changes, List.of());
    }

    private static Decision issue(PlanProgress plan, NodeState entry, Instant now) {
        if (!(entry.state instanceof TaskState.Pending(Attempts attempts)))
            throw new IllegalStateException("not ready: " + entry.node.id());
        return new Decision(
                List.of(new Change.TaskMoved(entry.node.id(), new TaskState.Issued(attempts, now))),
                List.of(Reissues.command(plan, entry, attempts, entry.doubtful)));
    }

    static Decision move(NodeState entry, TaskState to) {
        return Decision.of(new Change.TaskMoved(entry.node.id(), to));
    }

    static Change moved(TaskId task, TaskState to) {
        return new Change.TaskMoved(task, to);
    }
}
