package io.taskweaver.client;

import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.event.Command;
import io.taskweaver.domain.event.DeadLetter;
import io.taskweaver.domain.event.Event;
import io.taskweaver.domain.event.ExecutorHeartbeat;
import io.taskweaver.domain.event.Pause;
import io.taskweaver.domain.event.PlanEvent;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.TaskKinds;
import io.taskweaver.domain.plan.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A plan as its events tell it: a fold over them. Events of different topics come in any order and more
 * than once; the view that they lead to is the same. Not for use by several threads at once.
 */
public final class PlanView {
    private final PlanId id;
    private final Map<TaskId, TaskView> tasks = new HashMap<>();
    private final Set<TaskId> specified = new HashSet<>();
    /** Nodes that reconcile a conflict, by the node whose conflict it is. */
    private final Map<TaskId, Set<TaskId>> reconcilers = new HashMap<>();

    private final Map<TaskId, Instant> retries = new HashMap<>();
    private final Map<TaskId, Instant> cancellations = new HashMap<>();
    private final List<DeadLetter> setAside = new ArrayList<>();
    private final NavigableSet<Instant> submissions = new TreeSet<>();
    private final NavigableSet<Instant> moments = new TreeSet<>();
    private PlanEvent.@Nullable RequirementsRejected rejected;
    private PlanEvent.@Nullable PlanCreated created;
    private PlanEvent.@Nullable End ended;
    private PlanEvent.@Nullable PlanStanding standing;
    private PlanEvent.@Nullable PlanCommand paused;
    private @Nullable Instant resumedAt;

    public PlanView(PlanId id) {
        this.id = id;
    }

    /**
     * Takes an event in.
     *
     * @return whether it said something new
     */
    public boolean on(Event event) {
        if (!(event instanceof ExecutorHeartbeat)) moments.add(event.at());
        return switch (event) {
            case PlanEvent.RequirementsSubmitted e -> submissions.add(e.at());
            case PlanEvent.RequirementsRejected e -> {
                boolean news = rejected == null;
                rejected = e;
                yield news;
            }
            case PlanEvent.PlanCreated e -> {
                boolean news = created == null;
                if (news) created = e;
                yield news;
            }
            case PlanEvent.TaskPlanned e -> {
                var node = e.task().id();
                boolean news = known(node).task().isEmpty();
                store(known(node).with(e.task(), e.position()));
                for (var need : e.task().needs())
                    if (need.reason() == Need.Reason.RECONCILE)
                        reconcilers
                                .computeIfAbsent(need.on(), conflicted -> new HashSet<>())
                                .add(node);
                yield news;
            }
            case PlanEvent.ComponentSpecified e ->
                specified.add(e.spec().node()) && store(known(e.spec().node()));
            case PlanEvent.ContractPublished e -> published(e);
            case PlanEvent.OfAttempt e -> attempt(e);
            case PlanEvent.PlanCommand e -> commanded(e);
            case PlanEvent.PlanStanding e -> {
                boolean news = standing == null || standing.at().isBefore(e.at());
                if (news) standing = e;
                yield news;
            }
            case PlanEvent.End e -> {
                boolean news = ended == null || ended.at().isBefore(e.at());
                if (news) ended = e;
                yield news;
            }
            case DeadLetter e -> !setAside.contains(e) && setAside.add(e);
            case ExecutorHeartbeat ignored -> false;
        };
    }

    private boolean published(PlanEvent.ContractPublished e) {
        var before = known(e.task());
        boolean news = before.contract().isEmpty()
                || before.contract().get().version() < e.contract().version();
        return news && store(before.with(e.contract()));
    }

    private boolean attempt(PlanEvent.OfAttempt e) {
        var before = known(e.task());
        var known = before.attempts().stream()
                .filter(attempt -> attempt.number() == e.attempt())
                .findFirst();
        var attempt = known.orElseGet(() -> AttemptView.unknown(e.attempt()));
        var after = attempt.with(e);
        if (after.equals(attempt)) return false;
        return store(before.with(after));
    }

    private boolean commanded(PlanEvent.PlanCommand e) {
        switch (e.command()) {
            case Command.PausePlan ignored -> {
                if (paused == null || paused.at().isBefore(e.at())) paused = e;
            }
            case Command.ResumePlan ignored -> resumedAt = latest(resumedAt, e.at());
            case Command.RetryTask retry -> retried(retry.task(), e.at());
            case Command.ApproveTask approve -> retried(approve.task(), e.at());
            case Command.CancelTask cancel -> cancellations.merge(cancel.task(), e.at(), PlanView::latest);
            case Command.PauseTask ignored -> {}
            case Command.CancelPlan ignored -> {}
            case Command.ChangePriority ignored -> {}
        }
        return true;
    }

    private void retried(TaskId task, Instant at) {
        retries.merge(task, at, PlanView::latest);
    }

    private static Instant latest(@Nullable Instant one, Instant other) {
        return one == null || one.isBefore(other) ? other : one;
    }

    private TaskView known(TaskId task) {
        var view = tasks.get(task);
        return view == null ? TaskView.unknown(task) : view;
    }

    private boolean store(TaskView task) {
        tasks.put(task.id(), task);
        return true;
    }

    public PlanId id() {
        return id;
    }

    /** Whether anything is known of it. */
    public boolean exists() {
        return !submissions.isEmpty() || created != null || rejected != null;
    }

    /** When and how it was made; empty until then. */
    public Optional<PlanEvent.PlanCreated> created() {
        return Optional.ofNullable(created);
    }

    /** When the last thing happened that is known; the epoch if nothing is. */
    public Instant lastAt() {
        return moments.isEmpty() ? Instant.EPOCH : moments.last();
    }

    /**
     * How long it stood still because nothing was there to run it. Going on with a plan is handing it in again: of the
     * time between two times of that, the longest in which nothing happened counts.
     */
    public Duration standstill() {
        var sum = Duration.ZERO;
        Instant before = null;
        for (var submission : submissions) {
            if (before != null) sum = sum.plus(longestGap(before, submission));
            before = submission;
        }
        return sum;
    }

    private Duration longestGap(Instant from, Instant to) {
        var longest = Duration.ZERO;
        var last = from;
        for (var moment : moments.subSet(from, true, to, true)) {
            var gap = Duration.between(last, moment);
            if (gap.compareTo(longest) > 0) longest = gap;
            last = moment;
        }
        return longest;
    }

    /** Its title, or its id before it is made. */
    public String title() {
        return created == null ? id.value() : created.summary().title();
    }

    /** Why what was handed in can not become a plan; empty if it can. */
    public List<Rejection> rejections() {
        return rejected == null || created != null ? List.of() : rejected.rejections();
    }

    /** How it was closed; a plan that is closed stays so, unless it failed and its planner says since then how it stands. */
    public Optional<PlanEvent.End> end() {
        var known = ended;
        if (known == null) return Optional.empty();
        boolean reopened = known instanceof PlanEvent.PlanFailed
                && standing != null
                && standing.at().isAfter(known.at());
        return reopened ? Optional.empty() : Optional.of(known);
    }

    /** Tasks that were given up. */
    public List<TaskId> failed() {
        return end().orElse(null) instanceof PlanEvent.PlanFailed failed
                ? failed.failed()
                : tasks().stream()
                        .filter(task -> task.state() == TaskState.FAILED)
                        .map(TaskView::id)
                        .toList();
    }

    /** Why it rests, if it does. */
    public Optional<Pause> pause() {
        var known = standing;
        if (known != null && known.pause().isPresent() && !isBeforeResumption(known.at())) return known.pause();
        if (paused == null || isBeforeResumption(paused.at())) return Optional.empty();
        return paused.command() instanceof Command.PausePlan pause
                ? Optional.of(new Pause(Pause.Cause.USER, pause.reason()))
                : Optional.empty();
    }

    /** The failure that it rests for, if it does: refused credentials or a spent budget of its agent. */
    public Optional<PlanEvent.TaskFailed> halt() {
        if (pause().map(Pause::cause).orElse(null) != Pause.Cause.AGENT) return Optional.empty();
        return tasks.values().stream()
                .flatMap(task -> task.lastFailure().stream())
                .filter(failure -> failure.failure().halts())
                .max(Comparator.comparing(PlanEvent.TaskFailed::at));
    }

    /** What tasks that wait for a person ask. */
    public Map<TaskId, String> waiting() {
        var known = standing;
        if (known == null || end().isPresent()) return Map.of();
        var waiting = new LinkedHashMap<>(known.waiting());
        waiting.keySet().removeIf(task -> {
            var answered = retries.get(task);
            return answered != null && !answered.isBefore(known.at());
        });
        return waiting;
    }

    /** What it may use up. */
    public Limits limits() {
        return standing == null ? options().limits() : standing.limits();
    }

    /** What all attempts cost, as far as their agents said. */
    public Usage used() {
        return tasks.values().stream()
                .flatMap(task -> task.attempts().stream())
                .map(AttemptView::usage)
                .reduce(Usage.NONE, Usage::plus);
    }

    private boolean isBeforeResumption(Instant moment) {
        return resumedAt != null && !moment.isAfter(resumedAt);
    }

    /** Records about the plan that could not be processed. */
    public List<DeadLetter> setAside() {
        return List.copyOf(setAside);
    }

    /** All nodes, in the plan's order. */
    public List<TaskView> tasks() {
        var blocked = end().orElse(null) instanceof PlanEvent.PlanFailed failed
                ? Set.copyOf(failed.blocked())
                : Set.<TaskId>of();
        return tasks.values().stream()
                .map(task -> task.with(stateOf(task, blocked)))
                .sorted(Comparator.comparingInt(TaskView::position).thenComparing(TaskView::id))
                .toList();
    }

    /** One node, if it is known. */
    public Optional<TaskView> task(TaskId task) {
        return Optional.ofNullable(tasks.get(task)).map(view -> view.with(stateOf(view, Set.of())));
    }

    /** The newest contract of each component, by its name. */
    public Map<String, Contract> contracts() {
        var contracts = new TreeMap<String, Contract>();
        for (var task : tasks.values())
            task.contract()
                    .ifPresent(contract -> contracts.merge(
                            contract.component(), contract, (a, b) -> a.version() >= b.version() ? a : b));
        return contracts;
    }

    private TaskState stateOf(TaskView task, Set<TaskId> blocked) {
        if (task.task().map(Task::done).orElse(false)
                || task.contract().isPresent()
                || isMerged(task.id(), new HashSet<>())) return TaskState.DONE;
        if (blocked.contains(task.id())) return TaskState.BLOCKED;
        if (waiting().containsKey(task.id())) return TaskState.NEEDS_INPUT;
        if (task.attempts().isEmpty()) {
            if (isCancelled(task.id())) return TaskState.FAILED;
            return specified.contains(task.id()) ? TaskState.RUNNING : TaskState.WAITING;
        }
        var latest = task.attempts().getLast();
        if (latest.conflicted().isPresent()) return TaskState.RECONCILING;
        if (latest.completed().isPresent()) return TaskState.MERGING;
        if (isCancelled(task.id())) return TaskState.FAILED;
        if (latest.failed().isPresent())
            return stateOfFailed(task, latest.failed().get());
        return latest.started().isPresent() ? TaskState.RUNNING : TaskState.READY;
    }

    /** A reconcile node's result stands for that of the node whose conflict it resolves. */
    private boolean isMerged(TaskId node, Set<TaskId> seen) {
        return seen.add(node)
                && (known(node).attempts().stream()
                                .anyMatch(attempt -> attempt.merged().isPresent())
                        || reconcilers.getOrDefault(node, Set.of()).stream()
                                .anyMatch(reconciler -> isMerged(reconciler, seen)));
    }

    private boolean isCancelled(TaskId task) {
        var cancelled = cancellations.get(task);
        var retried = retries.get(task);
        return cancelled != null && (retried == null || retried.isBefore(cancelled));
    }

    private TaskState stateOfFailed(TaskView task, PlanEvent.TaskFailed failure) {
        var retried = retries.get(task.id());
        if (retried != null && retried.isAfter(failure.at())) return TaskState.RETRYING;
        if (end().orElse(null) instanceof PlanEvent.PlanFailed failed)
            return failed.failed().contains(task.id()) ? TaskState.FAILED : TaskState.RETRYING;
        return switch (failure.failure()) {
            case NEEDS_INPUT -> TaskState.NEEDS_INPUT;
            case CANCELLED -> TaskState.FAILED;
            case RATE_LIMITED, REFUSED_CREDENTIALS, NOT_ALLOWED, BUDGET_EXCEEDED, INTERRUPTED -> TaskState.RETRYING;
            case INFRA_FAILED, TASK_FAILED, TIMED_OUT, STALE_ATTEMPT ->
                usedUp(task) ? TaskState.FAILED : TaskState.RETRYING;
        };
    }

    private boolean usedUp(TaskView task) {
        var options = options();
        int agents = task.task()
                .map(node -> options.agentsOf(TaskKinds.of(node)))
                .orElseGet(options::agents)
                .size();
        var since = retries.getOrDefault(task.id(), Instant.MIN);
        int agent = 0;
        int counted = 0;
        for (var attempt : task.attempts()) {
            var failed = attempt.failed().filter(failure -> failure.at().isAfter(since));
            if (failed.isEmpty()) continue;
            if (failed.get().failure().counts()) counted++;
            if (failed.get().failure().halts() || counted >= options.maxAttempts()) {
                agent++;
                counted = 0;
            }
        }
        return agent >= agents;
    }

    /** The plan's options; the usual ones until they are known. */
    private PlanOptions options() {
        return created == null ? PlanOptions.DEFAULT : created.summary().options();
    }
}
