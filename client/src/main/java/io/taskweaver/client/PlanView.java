package io.taskweaver.client;

import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.plan.Limits;
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
 * A plan as its events tell it: a fold over {@link PlanEvent}s. Events of different topics come in any order and more
 * than once; the view that they lead to is the same. Not for use by several threads at once.
 */
public final class PlanView {
    private static final String RECONCILES = "-reconcile-";

    private final PlanId id;
    private final Map<TaskId, TaskView> tasks = new HashMap<>();
    private final Set<TaskId> specified = new HashSet<>();
    private final Set<TaskId> reconciled = new HashSet<>();
    private final Map<TaskId, Instant> retries = new HashMap<>();
    private final Map<TaskId, Instant> cancellations = new HashMap<>();
    private final List<PlanEvent.SetAside> setAside = new ArrayList<>();
    private final NavigableSet<Instant> submissions = new TreeSet<>();
    private final NavigableSet<Instant> moments = new TreeSet<>();
    private PlanEvent.@Nullable Rejected rejected;
    private PlanEvent.@Nullable Created created;
    private PlanEvent.@Nullable Ended ended;
    private PlanEvent.@Nullable Standing standing;
    private PlanEvent.@Nullable Ordered paused;
    private @Nullable Instant resumedAt;

    public PlanView(PlanId id) {
        this.id = id;
    }

    /**
     * Takes an event in.
     *
     * @return whether it said something new
     */
    public boolean on(PlanEvent event) {
        moments.add(event.at());
        return switch (event) {
            case PlanEvent.Submitted e -> submissions.add(e.at());
            case PlanEvent.Rejected e -> {
                boolean news = rejected == null;
                rejected = e;
                yield news;
            }
            case PlanEvent.Created e -> {
                boolean news = created == null;
                if (news) created = e;
                yield news;
            }
            case PlanEvent.Planned e -> {
                var node = e.task().id();
                boolean news = known(node).task().isEmpty();
                store(known(node).with(e.task(), e.position()));
                yield news;
            }
            case PlanEvent.Specified e -> specified.add(e.node()) && store(known(e.node()));
            case PlanEvent.Published e -> published(e);
            case PlanEvent.OfAttempt e -> attempt(e);
            case PlanEvent.Ordered e -> ordered(e);
            case PlanEvent.Standing e -> {
                boolean news = standing == null || standing.at().isBefore(e.at());
                if (news) standing = e;
                yield news;
            }
            case PlanEvent.Ended e -> {
                boolean news = ended == null || ended.at().isBefore(e.at());
                if (news) ended = e;
                yield news;
            }
            case PlanEvent.SetAside e -> !setAside.contains(e) && setAside.add(e);
        };
    }

    private boolean published(PlanEvent.Published e) {
        var before = known(e.node());
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
        if (after.merged().isPresent()) reconciledBy(e.task());
        return store(before.with(after));
    }

    /** A reconcile node's result stands for that of the task whose conflict it resolves. */
    private void reconciledBy(TaskId node) {
        int at = node.value().lastIndexOf(RECONCILES);
        if (at <= 0) return;
        var task = new TaskId(node.value().substring(0, at));
        reconciled.add(task);
        if (tasks.containsKey(task)) store(known(task));
        reconciledBy(task);
    }

    private boolean ordered(PlanEvent.Ordered e) {
        switch (e.order()) {
            case Order.Pause ignored -> {
                if (paused == null || paused.at().isBefore(e.at())) paused = e;
            }
            case Order.Resume ignored -> resumedAt = latest(resumedAt, e.at());
            case Order.Retry retry -> retried(retry.task(), e.at());
            case Order.Approve approve -> retried(approve.task(), e.at());
            case Order.CancelTask cancel -> cancellations.merge(cancel.task(), e.at(), PlanView::latest);
            case Order.PauseTask ignored -> {}
            case Order.Cancel ignored -> {}
            case Order.Prioritise ignored -> {}
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
    public Optional<PlanEvent.Created> created() {
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
        return created == null ? id.value() : created.title();
    }

    /** Why what was handed in can not become a plan; empty if it can. */
    public List<Rejection> rejections() {
        return rejected == null || created != null ? List.of() : rejected.rejections();
    }

    /** How it was closed; a plan that is closed stays so, unless it failed and its planner says since then how it stands. */
    public Optional<PlanEvent.Ended> end() {
        var known = ended;
        if (known == null) return Optional.empty();
        boolean reopened = known.end() instanceof PlanEnd.Failed
                && standing != null
                && standing.at().isAfter(known.at());
        return reopened ? Optional.empty() : Optional.of(known);
    }

    /** Tasks that were given up. */
    public List<TaskId> failed() {
        return end().map(PlanEvent.Ended::end).orElse(null) instanceof PlanEnd.Failed failed
                ? failed.failed()
                : tasks().stream()
                        .filter(task -> task.state() == TaskState.FAILED)
                        .map(TaskView::id)
                        .toList();
    }

    /** Why it rests, if it does. */
    public Optional<PlanEvent.Pause> pause() {
        var known = standing;
        if (known != null && known.pause().isPresent() && !isBeforeResumption(known.at())) return known.pause();
        if (paused == null || isBeforeResumption(paused.at())) return Optional.empty();
        return paused.order() instanceof Order.Pause pause
                ? Optional.of(new PlanEvent.Pause(PlanEvent.Cause.USER, pause.reason()))
                : Optional.empty();
    }

    /** The failure that it rests for, if it does: refused credentials or a spent budget of its agent. */
    public Optional<PlanEvent.Failed> halt() {
        if (pause().map(PlanEvent.Pause::cause).orElse(null) != PlanEvent.Cause.AGENT) return Optional.empty();
        return tasks.values().stream()
                .flatMap(task -> task.lastFailure().stream())
                .filter(failure -> failure.failure().halts())
                .max(Comparator.comparing(PlanEvent.Failed::at));
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
    public List<PlanEvent.SetAside> setAside() {
        return List.copyOf(setAside);
    }

    /** All nodes, in the plan's order. */
    public List<TaskView> tasks() {
        var blocked = end().map(PlanEvent.Ended::end).orElse(null) instanceof PlanEnd.Failed failed
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
                || reconciled.contains(task.id())
                || task.attempts().stream().anyMatch(attempt -> attempt.merged().isPresent())) return TaskState.DONE;
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

    private boolean isCancelled(TaskId task) {
        var cancelled = cancellations.get(task);
        var retried = retries.get(task);
        return cancelled != null && (retried == null || retried.isBefore(cancelled));
    }

    private TaskState stateOfFailed(TaskView task, PlanEvent.Failed failure) {
        var retried = retries.get(task.id());
        if (retried != null && retried.isAfter(failure.at())) return TaskState.RETRYING;
        if (end().map(PlanEvent.Ended::end).orElse(null) instanceof PlanEnd.Failed failed)
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
        return created == null ? PlanOptions.DEFAULT : created.options();
    }
}
