package io.taskweaver.scheduling.projection;

import io.taskweaver.model.Contract;
import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.DeadLetter;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.dispatch.PlanState;
import io.taskweaver.scheduling.dispatch.Reconciliation;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.dispatch.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan as its events show it: a fold over them. Events of different topics come in any order and more than once; the view
 * that they lead to is the same. Not thread-safe.
 */
public final class PlanView {
    private final PlanId id;
    private final Map<TaskId, TaskHistory> tasks = new HashMap<>();
    /** Nodes that reconcile a result, by the node whose result it is. */
    private final Map<TaskId, Set<TaskId>> reconcilers = new HashMap<>();

    /** Tasks that users retried, by when. */
    private final NavigableMap<Instant, Set<TaskId>> retries = new TreeMap<>();

    /** Each time that it ended; one that failed may have been retried. */
    private final NavigableMap<Instant, PlanEvent.End> ends = new TreeMap<>();

    private final List<DeadLetter> deadLetters = new ArrayList<>();
    private final NavigableSet<Instant> submissions = new TreeSet<>();
    private final NavigableSet<Instant> moments = new TreeSet<>();
    private PlanEvent.@Nullable RequirementsRejected rejected;
    private PlanEvent.@Nullable PlanCreated created;
    private PlanEvent.@Nullable PlanArchived archived;
    private PlanEvent.@Nullable PlanStanding standing;
    private PlanEvent.@Nullable PlanCommand paused;
    private @Nullable Instant resumedAt;

    private final NavigableSet<PlanEvent.PlanCommand> optionChanges = new TreeSet<>(
            Comparator.comparing(PlanEvent.PlanCommand::at).thenComparing(PlanEvent.PlanCommand::eventId));

    private @Nullable FleetCondition fleet;

    /** What follows from all of this, as far as it was asked for since the last event. */
    private final Map<TaskId, TaskState> states = new HashMap<>();

    private @Nullable Instant cancelledAt;
    private @Nullable List<TaskView> views;

    public PlanView(PlanId id) {
        this.id = id;
    }

    /**
     * Takes an event in.
     *
     * @return whether it changes what is shown; of a command always
     */
    public boolean on(Event event) {
        if (event instanceof ExecutorHeartbeat) return false;
        moments.add(event.at());
        boolean news = take(event);
        if (news) {
            states.clear();
            views = null;
        }
        return news;
    }

    /** Takes in what the executors can take, which says why tasks that are ready are not issued. */
    public void on(FleetCondition now) {
        fleet = now;
        views = null;
    }

    private boolean take(Event event) {
        return switch (event) {
            case PlanEvent.RequirementsSubmitted e -> submissions.add(e.at());
            case PlanEvent.RequirementsRejected e -> {
                boolean news = rejected == null || rejected.at().isBefore(e.at());
                if (news) rejected = e;
                yield news;
            }
            case PlanEvent.PlanCreated e -> {
                boolean news = created == null;
                if (news) created = e;
                yield news;
            }
            case PlanEvent.TaskPlanned e -> {
                var task = history(e.task().id());
                boolean news = task.on(e);
                task.standsFor()
                        .ifPresent(conflicted -> reconcilers
                                .computeIfAbsent(conflicted, any -> new TreeSet<>())
                                .add(e.task().id()));
                yield news;
            }
            case PlanEvent.ComponentSpecified e -> history(e.spec().node()).on(e);
            case PlanEvent.ContractPublished e -> history(e.task()).on(e);
            case PlanEvent.TaskOutput _ -> false;
            case PlanEvent.OfAttempt e -> {
                if (e instanceof PlanEvent.TaskResolved)
                    retries.computeIfAbsent(e.at(), any -> new HashSet<>()).add(e.task());
                yield history(e.task()).on(e);
            }
            case PlanEvent.CodeObjects _, PlanEvent.VerificationRequested _, PlanEvent.ContextCommand _ -> false;
            case PlanEvent.PlanArchived e -> {
                boolean news = archived == null;
                if (news) archived = e;
                yield news;
            }
            case PlanEvent.PlanCommand e -> commanded(e);
            case PlanEvent.PlanStanding e -> {
                boolean news = standing == null || standing.at().isBefore(e.at());
                if (news) standing = e;
                yield news;
            }
            case PlanEvent.End e -> ends.put(e.at(), e) == null;
            case DeadLetter e -> !deadLetters.contains(e) && deadLetters.add(e);
            case ExecutorHeartbeat ignored -> false;
        };
    }

    private boolean commanded(PlanEvent.PlanCommand e) {
        switch (e.command()) {
            case Command.PausePlan ignored -> {
                if (paused == null || paused.at().isBefore(e.at())) paused = e;
            }
            case Command.ResumePlan ignored ->
                resumedAt = resumedAt == null || resumedAt.isBefore(e.at()) ? e.at() : resumedAt;
            case Command.OfTask about -> {
                history(about.task()).on(e, about);
                if (about instanceof Command.RetryTask)
                    retries.computeIfAbsent(e.at(), any -> new HashSet<>()).add(about.task());
            }
            case Command.CancelPlan ignored ->
                cancelledAt = cancelledAt == null || cancelledAt.isAfter(e.at()) ? e.at() : cancelledAt;
            case Command.ChangePriority ignored -> {}
            case Command.ChangeOptions ignored -> optionChanges.add(e);
            case Command.ArchivePlan ignored -> {}
        }
        return true;
    }

    private TaskHistory history(TaskId task) {
        return tasks.computeIfAbsent(task, TaskHistory::new);
    }

    public PlanId id() {
        return id;
    }

    /** Whether anything is known of it. */
    public boolean exists() {
        return !submissions.isEmpty() || created != null || rejected != null || archived != null;
    }

    /** When and how it was made; empty until then. */
    public Optional<PlanEvent.PlanCreated> created() {
        return Optional.ofNullable(created);
    }

    /** The plan's options as they were changed last; the usual ones until it is known. */
    public PlanOptions options() {
        return options(Instant.MAX);
    }

    private PlanOptions options(Instant then) {
        var options = created == null ? PlanOptions.DEFAULT : created.summary().options();
        for (var change : optionChanges)
            if (!change.at().isAfter(then) && change.command() instanceof Command.ChangeOptions(var changes))
                options = changes.in(options);
        return options;
    }

    /** When the last thing happened that is known; the epoch if nothing is. */
    public Instant lastAt() {
        return moments.isEmpty() ? Instant.EPOCH : moments.last();
    }

    /**
     * How much of a time something ran it. A plan is resumed by submitting it again: of the time between two submissions, the
     * longest in which nothing happened does not count.
     */
    public Duration active(Instant from, Instant to) {
        var active = Duration.between(from, to);
        Instant before = null;
        for (var submission : submissions) {
            if (before != null)
                active = active.minus(longestGap(before, submission).within(from, to));
            before = submission;
        }
        return active.isNegative() ? Duration.ZERO : active;
    }

    /** How long all attempts at a task took together, of the time in which something ran the plan. */
    public Duration duration(TaskView task) {
        return task.attempts().stream().map(this::duration).reduce(Duration.ZERO, Duration::plus);
    }

    private Duration duration(AttemptView attempt) {
        return attempt.completed()
                .map(this::duration)
                .or(() -> attempt.failed().map(this::duration))
                .orElse(Duration.ZERO);
    }

    /** How long a completed attempt took, of the time in which something ran the plan. */
    public Duration duration(PlanEvent.TaskCompleted completed) {
        return active(completed.at().minus(completed.duration()), completed.at());
    }

    /** How long a failed attempt took, of the time in which something ran the plan. */
    public Duration duration(PlanEvent.TaskFailed failed) {
        return active(failed.at().minus(failed.duration()), failed.at());
    }

    private record Gap(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }

        /** How much of it is within a time. */
        Duration within(Instant start, Instant end) {
            var begin = from.isBefore(start) ? start : from;
            var last = to.isAfter(end) ? end : to;
            return last.isAfter(begin) ? Duration.between(begin, last) : Duration.ZERO;
        }
    }

    private Gap longestGap(Instant from, Instant to) {
        var longest = new Gap(from, from);
        var last = from;
        for (var moment : moments.subSet(from, true, to, true)) {
            var gap = new Gap(last, moment);
            if (gap.length().compareTo(longest.length()) > 0) longest = gap;
            last = moment;
        }
        return longest;
    }

    /** Its title, or its id before it is made. */
    public String title() {
        if (created != null) return created.summary().title();
        return archived == null ? id.value() : archived.title();
    }

    /** The last rejection, also if the plan was submitted again since or was made; empty if there was none. */
    public Optional<PlanEvent.RequirementsRejected> rejection() {
        return Optional.ofNullable(rejected);
    }

    /** Why the last submission cannot become a plan; empty if it can, or if that is not known yet. */
    public List<Rejection> rejections() {
        return rejected == null || created != null || submissions.higher(rejected.at()) != null
                ? List.of()
                : rejected.rejections();
    }

    /** That it was archived, with the digest of its archive; empty if it was not. */
    public Optional<PlanEvent.PlanArchived> archived() {
        return Optional.ofNullable(archived);
    }

    /** How it was closed; a plan that is closed stays so, unless it failed and its planner says since then how it stands. */
    public Optional<PlanEvent.End> end() {
        if (ends.isEmpty()) return Optional.empty();
        var known = ends.lastEntry().getValue();
        boolean reopened = known instanceof PlanEvent.PlanFailed
                && standing != null
                && standing.at().isAfter(known.at());
        return reopened ? Optional.empty() : Optional.of(known);
    }

    /** The state of the plan; {@link PlanStage#PLANNING} until it is planned or rejected. */
    public PlanStage stage() {
        if (archived != null) return PlanStage.ARCHIVED;
        if (!rejections().isEmpty()) return PlanStage.REJECTED;
        return created == null && end().isEmpty() ? PlanStage.PLANNING : PlanStage.of(state());
    }

    /** Why it is paused, failed, cancelled or rejected, for a person. */
    public Optional<String> reason() {
        if (archived != null)
            return Optional.of("it had " + (archived.end().equals("cancelled") ? "been " : "") + archived.end()
                    + "; its archive has the SHA-256 " + archived.digest());
        if (!rejections().isEmpty()) return Optional.of(rejections().getFirst().message());
        return state().why();
    }

    private PlanState state() {
        var end = end();
        if (end.isPresent())
            return switch (end.get()) {
                case PlanEvent.PlanCompleted completed ->
                    new PlanState.Completed(completed.done(), completed.retried());
                case PlanEvent.PlanFailed failed ->
                    new PlanState.Failed(
                            failed.reason(), failed.done(), failed.failed(), failed.blocked(), failed.retried());
                case PlanEvent.PlanCancelled cancelled ->
                    new PlanState.Cancelled(cancelled.reason(), cancelled.done(), 0);
            };
        return pause().<PlanState>map(pause -> new PlanState.Paused(pause.reason(), pause.cause()))
                .orElseGet(PlanState.Active::new);
    }

    /** Tasks that were given up; not those that reconcile others, which are given up with them. */
    public List<TaskId> failed() {
        return end().orElse(null) instanceof PlanEvent.PlanFailed failed
                ? failed.failed()
                : tasks().stream()
                        .filter(task ->
                                task.stage() == TaskStage.FAILED && task.task().kind() != Task.Kind.RECONCILE)
                        .map(TaskView::id)
                        .toList();
    }

    /** Why it is paused, if it is. A user's pause of a plan that is paused changes nothing. */
    public Optional<Pause> pause() {
        if (end().isPresent()) return Optional.empty();
        var latest = standing;
        var given = paused;
        Optional<Pause> announced =
                latest == null || isBeforeResumption(latest.at()) ? Optional.empty() : latest.pause();
        if (announced.isPresent()
                || given == null
                || !(given.command() instanceof Command.PausePlan pause)
                || (latest != null && !latest.at().isBefore(given.at()))
                || isBeforeResumption(given.at())
                || isWithoutEffect(given.at())) return announced;
        return Optional.of(new Pause(Pause.Cause.USER, pause.reason()));
    }

    /** The failure that it is paused for, if it is: refused credentials or a spent budget of its agent. */
    public Optional<PlanEvent.TaskFailed> halt() {
        if (pause().map(Pause::cause).orElse(null) != Pause.Cause.AGENT) return Optional.empty();
        return attempts()
                .flatMap(attempt -> attempt.failed().stream())
                .filter(failure -> failure.failure().halts())
                .max(Comparator.comparing(PlanEvent.TaskFailed::at));
    }

    private Stream<AttemptView> attempts() {
        return tasks.values().stream().flatMap(task -> task.attempts().stream());
    }

    /** What tasks that wait for a person ask. */
    public Map<TaskId, String> waiting() {
        if (end().isPresent()) return Map.of();
        var waiting = new LinkedHashMap<TaskId, String>();
        if (standing != null) waiting.putAll(standing.waiting());
        waiting.keySet().removeIf(task -> !TaskStage.of(stateOf(task), true).waitsForPerson());
        // That a result waits is known before its planner says so.
        for (var task : tasks())
            if (task.stage() == TaskStage.IN_REVIEW) waiting.putIfAbsent(task.id(), TaskState.InReview.QUESTION);
        return waiting;
    }

    /** What it may use up. */
    public Limits limits() {
        return standing == null ? options().limits() : standing.limits();
    }

    /** Cost of all attempts, as far as their agents report it. */
    public Usage used() {
        return attempts().map(AttemptView::usage).reduce(Usage.NONE, Usage::plus);
    }

    private boolean isBeforeResumption(Instant moment) {
        return resumedAt != null && !moment.isAfter(resumedAt);
    }

    /** Records about the plan that could not be processed. */
    public List<DeadLetter> deadLetters() {
        return List.copyOf(deadLetters);
    }

    /** All nodes, in the plan's order. */
    public List<TaskView> tasks() {
        var known = views;
        if (known == null) {
            var nodes = tasks.values().stream()
                    .filter(TaskHistory::isKnown)
                    .map(TaskHistory::node)
                    .sorted(Comparator.comparingInt(Projection.PlannedTask::position)
                            .thenComparing(node -> node.task().id()))
                    .toList();
            known = projected(nodes);
            views = known;
        }
        return known;
    }

    /** One node, if anything is known of it. */
    public Optional<TaskView> task(TaskId task) {
        var history = tasks.get(task);
        if (history == null || !history.isKnown()) return Optional.empty();
        // Whether one that is not issued is blocked follows from all the others.
        return stateOf(task) instanceof TaskState.Pending
                ? tasks().stream().filter(view -> view.id().equals(task)).findFirst()
                : Optional.of(projected(List.of(history.node())).getFirst());
    }

    private List<TaskView> projected(List<Projection.PlannedTask> nodes) {
        return Projection.of(nodes, this::stateOf, state(), options(), Optional.ofNullable(fleet)).stream()
                .map(view -> view.with(
                        history(view.id()).attempts(), history(view.id()).contract()))
                .toList();
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

    private TaskState stateOf(TaskId task) {
        var known = states.get(task);
        if (known != null) return known;
        var state = ownState(task, Instant.MAX, Set.of(task));
        // Before those that reconcile it are looked at: needs in a circle, which no plan has, are to end.
        states.put(task, state);
        state = reconciled(task, state, this::stateOf);
        if (end().orElse(null) instanceof PlanEvent.PlanFailed failed
                && failed.failed().contains(task)
                && !state.satisfies()) state = givenUp(task, state);
        states.put(task, state);
        return state;
    }

    private TaskState ownState(TaskId task, Instant until, Set<TaskId> path) {
        var state = stateAlone(task, until, path);
        var settled = superseding(task, until);
        if (settled.isEmpty()) return state;
        // What conflicted before is reconciled in turn, and that says what became of it.
        if (state instanceof TaskState.Conflicted) {
            state = stateAlone(task, settled.get().at(), path);
            if (state instanceof TaskState.Conflicted) return state;
        }
        return Transitions.superseded(state, settled.get().resolution());
    }

    private TaskState stateAlone(TaskId task, Instant until, Set<TaskId> path) {
        var history = tasks.get(task);
        return history == null
                ? TaskState.initial(false)
                : history.state(
                        this::options,
                        question(task),
                        this::isWithoutEffect,
                        reconciling(task).size() - 1,
                        stoppedFrom(),
                        until,
                        (conflicted, moment) -> reconciled(task, conflicted, node -> stateBefore(node, moment, path)));
    }

    /** How a person settled what a node was to reconcile, directly or through others. */
    private Optional<PlanEvent.TaskResolved> superseding(TaskId node, Instant until) {
        for (var each : reconciling(node)) {
            var settled = Optional.ofNullable(tasks.get(each))
                    .flatMap(TaskHistory::standsFor)
                    .map(tasks::get)
                    .flatMap(conflicted -> conflicted.superseding(each, until));
            if (settled.isPresent()) return settled;
        }
        return Optional.empty();
    }

    /** Where a node stood before a moment. One that is on the path that leads to it, in a circle, has its first state. */
    private TaskState stateBefore(TaskId task, Instant moment, Set<TaskId> path) {
        if (path.contains(task)) return TaskState.initial(false);
        var longer = new HashSet<>(path);
        longer.add(task);
        return reconciled(task, ownState(task, moment, longer), node -> stateBefore(node, moment, longer));
    }

    /** From when attempts are stopped because the plan is cancelled, which executors may know before the planner says it. */
    private Optional<Instant> stoppedFrom() {
        return end().filter(PlanEvent.PlanCancelled.class::isInstance)
                .map(end -> cancelledAt == null ? end.at() : cancelledAt);
    }

    /** A plan that has ended takes no command, until one retries a task that it failed for. */
    private boolean isWithoutEffect(Instant given) {
        var last = ends.floorEntry(given);
        if (last == null) return false;
        if (!(last.getValue() instanceof PlanEvent.PlanFailed failed)) return true;
        return retries.subMap(last.getKey(), true, given, true).values().stream()
                .flatMap(Set::stream)
                .noneMatch(task -> hasFailed(task, failed));
    }

    /** The event names no reconcile nodes: with one, the task whose result it reconciles failed. */
    private boolean hasFailed(TaskId task, PlanEvent.PlanFailed end) {
        return reconciling(task).stream().anyMatch(end.failed()::contains);
    }

    /** The node and, one after the other, those whose results it reconciles: each once, even if events form a circle. */
    private Set<TaskId> reconciling(TaskId node) {
        var chain = new LinkedHashSet<TaskId>();
        var next = Optional.of(node);
        while (next.isPresent() && chain.add(next.get()))
            next = Optional.ofNullable(tasks.get(next.get())).flatMap(TaskHistory::standsFor);
        return chain;
    }

    private Optional<TaskHistory.Question> question(TaskId task) {
        var known = standing;
        if (known == null) return Optional.empty();
        var text = Optional.ofNullable(known.waiting().get(task));
        boolean isComplete = known.waiting().size() < PlanProgress.MOST_WAITING;
        return text.isPresent() || isComplete
                ? Optional.of(new TaskHistory.Question(known.at(), text))
                : Optional.empty();
    }

    /** A node takes the result, or the failure, of the node that reconciles it. */
    private TaskState reconciled(TaskId task, TaskState state, Function<TaskId, TaskState> states) {
        if (!(state instanceof TaskState.Tried tried) || state.satisfies()) return state;
        var nodes = reconcilers.getOrDefault(task, Set.of());
        for (var node : nodes)
            if (!Reconciliation.isOfEarlier(node, task, tried.attempts().number())
                    && states.apply(node) instanceof TaskState.Merged merged)
                return new TaskState.Merged(tried.attempts(), merged.at());
        if (!(state instanceof TaskState.Conflicted conflicted) || nodes.isEmpty()) return state;
        var resolver = nodes.contains(conflicted.resolver())
                ? conflicted.resolver()
                : nodes.stream().reduce((one, other) -> other).orElseThrow();
        return states.apply(resolver) instanceof TaskState.Failed failed
                ? new TaskState.Failed(conflicted.attempts(), failed.reason(), failed.hint())
                : new TaskState.Conflicted(conflicted.attempts(), resolver);
    }

    private TaskState givenUp(TaskId task, TaskState state) {
        if (!(state instanceof TaskState.Tried tried) || state instanceof TaskState.Failed) return state;
        var failure = tasks.containsKey(task)
                ? history(task).attempts().reversed().stream()
                        .flatMap(attempt -> attempt.failed().stream())
                        .findFirst()
                : Optional.<PlanEvent.TaskFailed>empty();
        return new TaskState.Failed(
                tried.attempts(),
                failure.map(PlanEvent.TaskFailed::reason).orElse("It failed."),
                failure.flatMap(PlanEvent.TaskFailed::hint));
    }
}
