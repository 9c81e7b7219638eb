package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Limits;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.Verifications;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a plan has come: the fold of its changes. {@link #apply} is the only thing that changes it, apart from {@link
 * #recovering} and {@link #at}; applying the last change of each subject, in any order, to a new one gives the same progress. Applying a
 * change costs as much as the node has dependents. Not thread-safe.
 */
public final class PlanProgress {
    /** Maximum number of waiting tasks in one status event. */
    public static final int MOST_WAITING = 1_000;

    /** Of very many ready tasks that touch what is in flight, no more are passed over to find one that does not. */
    private static final int MOST_LOOKED_AT = 1_000;

    private static final Comparator<NodeState> NEXT_DUE_FIRST =
            Comparator.comparing(PlanProgress::dueAt).thenComparingInt(entry -> entry.position);

    private final PlanId id;
    private PlanOptions options;
    private final Instant createdAt;
    private final PlanGraph graph;
    /** What could be issued now, by the agent that would run it. */
    private final Map<String, NavigableSet<NodeState>> ready = new LinkedHashMap<>();

    private final NavigableSet<NodeState> unspecified = new TreeSet<>(NodeState.MOST_URGENT_FIRST);
    private final NavigableSet<NodeState> gated = new TreeSet<>(NodeState.MOST_URGENT_FIRST);
    private final Set<NodeState> waiting = new LinkedHashSet<>();
    private final NavigableSet<NodeState> delayed = new TreeSet<>(NEXT_DUE_FIRST);
    private final Set<NodeState> outstanding = new LinkedHashSet<>();
    /** How many nodes touch a path whose results are not merged. */
    private final Map<String, Integer> touched = new HashMap<>();

    private final Comparator<NodeState> apartFirst =
            Comparator.comparing(this::isBesides).thenComparing(NodeState.MOST_URGENT_FIRST);
    private PlanState state = PlanState.Active.INSTANCE;
    private Task.Priority priority = Task.Priority.MEDIUM;
    private Limits limits;
    private Usage used = Usage.NONE;
    private final Proportions proportions = new Proportions();
    private final int[] stages = new int[TaskStage.values().length];
    private Instant now;
    private int inFlight;
    private int unverifiable;
    private int movable;
    private int arrangedFor;
    private boolean recovering;

    /**
     * A plan of which nothing has happened yet.
     *
     * @param nodes in the plan's order
     * @param createdAt from when its time counts
     * @throws IllegalArgumentException if an id repeats, a need names no node, or needs form a cycle
     */
    public PlanProgress(PlanId id, PlanOptions options, List<Node> nodes, Instant createdAt) {
        this.id = id;
        this.options = options;
        this.limits = options.limits();
        this.createdAt = createdAt;
        this.now = createdAt;
        this.graph = new PlanGraph(nodes);
        for (var entry : graph.all()) tally(entry, 1);
    }

    public PlanId id() {
        return id;
    }

    public PlanOptions options() {
        return options;
    }

    public PlanState state() {
        return state;
    }

    public Task.Priority priority() {
        return priority;
    }

    /** When it was made. */
    public Instant createdAt() {
        return createdAt;
    }

    /** What it may use up. */
    public Limits limits() {
        return limits;
    }

    /** What all attempts cost whose reports counted. */
    public Usage used() {
        return used;
    }

    /** The first {@link #MOST_WAITING} of the tasks that wait for a person, by what they ask. */
    public Map<TaskId, String> waiting() {
        var questions = new LinkedHashMap<TaskId, String>();
        for (var entry : waiting) {
            if (questions.size() == MOST_WAITING) break;
            questions.put(entry.node.id(), question(entry.state));
        }
        return questions;
    }

    /** How many tasks wait for a person. */
    public int waitingCount() {
        return waiting.size();
    }

    private static String question(TaskState state) {
        return switch (state) {
            case TaskState.NeedsInput asked -> asked.question();
            case TaskState.Gated asked -> TaskState.Gated.QUESTION;
            case TaskState.InReview review -> TaskState.InReview.QUESTION;
            case TaskState.Held held -> held.reason();
            default -> throw new IllegalStateException("does not wait for a person: " + state);
        };
    }

    /** Agents that a node may be run by, in the order in which they are tried. */
    List<String> agentsOf(NodeState entry) {
        return options.agentsOf(entry.node.kind(), entry.node.kinds());
    }

    /** Whether a person has to approve a node's result before it is merged. */
    boolean isReviewed(NodeState entry) {
        return options.isReviewed(entry.node.kind(), entry.node.kinds());
    }

    /** The agent of an attempt; of a chain that is shorter than what was kept, the last. */
    String agentOf(NodeState entry, Attempts attempts) {
        var agents = agentsOf(entry);
        return agents.get(Math.min(attempts.agent(), agents.size() - 1));
    }

    /** What could start if a person had approved it. */
    List<NodeState> readyButGated() {
        return gated.isEmpty() ? List.of() : List.copyOf(gated);
    }

    /** Attempts that occupy an executor's slot, or soon will. */
    public int inFlight() {
        return inFlight;
    }

    /** Work that waits for nothing but a slot. */
    public int readyCount() {
        int count = 0;
        for (var set : ready.values()) count += set.size();
        return count;
    }

    /** Nodes that stand at a stage. */
    public int count(TaskStage stage) {
        return stages[stage.ordinal()];
    }

    /** Since when a node waits for nothing but a slot; empty if it does not. It is no part of what is kept. */
    public Optional<Instant> readySince(TaskId task) {
        return Optional.ofNullable(graph.require(task).readySince);
    }

    /** Says what time it is for what comes next. */
    public void at(Instant moment) {
        now = moment;
    }

    /** Nodes of the plan, reconcile nodes included. */
    public int size() {
        return graph.all().size();
    }

    /** Whether the plan has a node of this id. */
    public boolean knows(TaskId task) {
        return graph.find(task).isPresent();
    }

    /**
     * Where a node stands.
     *
     * @throws IllegalArgumentException if the plan has none of this id
     */
    public TaskState stateOf(TaskId task) {
        return graph.require(task).state;
    }

    /**
     * Says whether what comes next may have been handled before, by a planner that was killed before it could keep what
     * it had sent. What gets ready meanwhile is issued as if for a second time.
     */
    public void recovering(boolean now) {
        if (now && !recovering) {
            for (var set : ready.values()) for (var entry : set) entry.doubtful = true;
            for (var entry : delayed) entry.doubtful = true;
        }
        recovering = now;
    }

    /**
     * Puts what is left into the best order found for so many slots; see {@link DispatchOrder}. Does nothing if that was
     * done before, or if estimates have turned out wrong. The order is no part of what is kept: it only says which of the
     * ready nodes comes first, and a planner that goes on looks for one anew.
     *
     * @param slots attempts of this plan that can run at once; below 1 while unknown: the order stands as it is
     */
    public void arrangeFor(int slots) {
        if (slots < 1 || slots == arrangedFor || !proportions.hold()) return;
        arrangedFor = slots;
        reorder(() -> DispatchOrder.search(graph, slots));
    }

    /** Applies one change. */
    public void apply(Change change) {
        switch (change) {
            case Change.TaskMoved moved -> move(graph.require(moved.task()), moved.state());
            case Change.ReconcileAdded added -> tally(graph.add(added.node()), 1);
            case Change.VerificationAdded added -> tally(graph.add(added.node()), 1);
            case Change.PlanMoved moved -> state = moved.state();
            case Change.LimitsMoved moved -> limits = moved.limits();
            case Change.PriorityMoved moved -> priority = moved.priority();
            case Change.OptionsMoved moved -> {
                // They say among which others a node waits.
                for (var entry : graph.all()) tally(entry, -1);
                options = moved.options();
                for (var entry : graph.all()) tally(entry, 1);
            }
        }
    }

    NodeState require(TaskId task) {
        return graph.require(task);
    }

    Optional<NodeState> find(TaskId task) {
        return graph.find(task);
    }

    /** @param closed agents that take no work */
    Optional<NodeState> mostUrgentReady(Set<String> closed) {
        // Results wait for these, and before the base is verified nothing is to be paid for.
        var verification = readyVerification();
        if (verification.isPresent()) return verification;
        if (isBaseUnverified()) return Optional.empty();
        NodeState best = null;
        for (var each : ready.entrySet()) {
            if (each.getValue().isEmpty() || closed.contains(each.getKey())) continue;
            var first = firstApart(each.getValue());
            if (first == null) continue;
            if (best == null || apartFirst.compare(first, best) < 0) best = first;
        }
        return Optional.ofNullable(best);
    }

    /**
     * The most urgent node that touches nothing that a node in flight touches; if there is none, and overlaps are not
     * forbidden, the most urgent one.
     */
    private @Nullable NodeState firstApart(Collection<NodeState> candidates) {
        NodeState besides = null;
        int looked = 0;
        for (var each : candidates) {
            // Of two that reconcile the same files, the later would conflict again.
            if (each.node.kind() == Task.Kind.RECONCILE
                    && outstanding.stream().anyMatch(other -> other.node.reconcilesWith(each.node))) continue;
            if (!isBesides(each)) return each;
            if (besides == null) besides = each;
            if (++looked == MOST_LOOKED_AT) break;
        }
        return options.overlap() == OverlapMode.FORBID ? null : besides;
    }

    /** Whether a node whose result is not merged touches a file of this one. What reconciles is not held up: others wait for it. */
    private boolean isBesides(NodeState entry) {
        return options.overlap() != OverlapMode.ALLOW
                && entry.node.kind() == Task.Kind.WORK
                && entry.node.files().stream().anyMatch(touched::containsKey);
    }

    /** What would verify the code now. */
    Optional<NodeState> readyVerification() {
        var verifications = ready.get(Verifications.AGENT);
        return verifications == null ? Optional.empty() : first(verifications);
    }

    /** Whether the code that the plan starts from has yet to pass. */
    boolean isBaseUnverified() {
        return graph.find(Verifications.BASE)
                .filter(base -> !base.state.satisfies())
                .isPresent();
    }

    /** Whether the plan's code cannot be verified, so that no result can be merged any more. */
    boolean isUnverifiable() {
        return unverifiable > 0;
    }

    Optional<NodeState> firstUnspecified() {
        return first(unspecified);
    }

    Optional<NodeState> nextDue() {
        return first(delayed);
    }

    Set<NodeState> outstanding() {
        return Collections.unmodifiableSet(outstanding);
    }

    /** Whether any node may still move, by itself or by a person's answer. If none does, the plan is at its end. */
    boolean canMove() {
        return movable > 0;
    }

    /** All nodes in the plan's order: for the end of a plan only, since it takes as long as the plan is large. */
    List<NodeState> inOrder() {
        var all = new ArrayList<>(graph.all());
        all.sort(Comparator.comparingInt(entry -> entry.position));
        return all;
    }

    private void move(NodeState entry, TaskState to) {
        observe(entry, to);
        boolean released = to.satisfies() && !entry.state.satisfies();
        tally(entry, -1);
        entry.state = to;
        if (!(to instanceof TaskState.Pending || to instanceof TaskState.Delayed || to instanceof TaskState.Held))
            entry.doubtful = false;
        tally(entry, 1);
        if (released) for (var dependent : entry.dependents) release(dependent);
    }

    /** Durations by the planner's own clock; a contract's says nothing of how long agents take. */
    private void observe(NodeState entry, TaskState to) {
        boolean worked = entry.node.kind() == Task.Kind.WORK || entry.node.kind() == Task.Kind.RECONCILE;
        if (!worked || !proportions.hold()) return;
        if (!(entry.state instanceof TaskState.Outstanding out) || out.isMerging()) return;
        if (to instanceof TaskState.Unmerged unmerged)
            proportions.observe(entry.node.estimateMinutes(), Duration.between(out.since(), unmerged.since()));
        if (to instanceof TaskState.InReview)
            proportions.observe(entry.node.estimateMinutes(), Duration.between(out.since(), now));
        if (to instanceof TaskState.Merged merged)
            proportions.observe(entry.node.estimateMinutes(), Duration.between(out.since(), merged.at()));
        if (!proportions.hold()) reorder(() -> DispatchOrder.plain(graph));
    }

    /** Ranks order the sets: they change only while these are empty. */
    private void reorder(Runnable ranking) {
        var sets = new ArrayList<>(ready.values());
        sets.add(unspecified);
        sets.add(gated);
        var held = sets.stream().map(List::copyOf).toList();
        sets.forEach(Set::clear);
        ranking.run();
        for (int i = 0; i < held.size(); i++) sets.get(i).addAll(held.get(i));
    }

    private void release(NodeState dependent) {
        tally(dependent, -1);
        dependent.needsLeft--;
        tally(dependent, 1);
    }

    /** Takes a node out of the sets and counts that its state puts it in, or puts it there. */
    private void tally(NodeState entry, int sign) {
        if (entry.state instanceof TaskState.Tried tried)
            account(tried.attempts().used(), sign);
        stages[TaskStage.of(entry.state, entry.needsLeft == 0).ordinal()] += sign;
        switch (entry.state) {
            case TaskState.Pending pending -> {
                if (entry.needsLeft > 0) return;
                movable += sign;
                var set = setOf(entry, pending);
                put(set, entry, sign);
                entry.readySince = sign > 0 && set != unspecified && set != gated ? now : null;
                if (sign > 0 && recovering) entry.doubtful = true;
            }
            case TaskState.Delayed waiting -> {
                movable += sign;
                put(delayed, entry, sign);
                if (sign > 0 && recovering) entry.doubtful = true;
            }
            case TaskState.Outstanding out -> {
                movable += sign;
                put(outstanding, entry, sign);
                touch(entry, sign);
                if (entry.node.kind() != Task.Kind.CONTRACT && !out.isMerging()) inFlight += sign;
            }
            case TaskState.Conflicted conflicted -> {
                movable += sign;
                touch(entry, sign);
            }
            case TaskState.NeedsInput asked -> {
                movable += sign;
                put(waiting, entry, sign);
            }
            case TaskState.Gated asked -> {
                movable += sign;
                put(waiting, entry, sign);
            }
            case TaskState.InReview review -> {
                touch(entry, sign);
                movable += sign;
                put(waiting, entry, sign);
            }
            case TaskState.Held held -> {
                if (entry.needsLeft == 0) movable += sign;
                put(waiting, entry, sign);
            }
            case TaskState.Failed failed -> {
                if (entry.node.kind() == Task.Kind.VERIFY) unverifiable += sign;
            }
            case TaskState.Merged _, TaskState.DoneBefore _ -> {}
        }
    }

    private Set<NodeState> setOf(NodeState entry, TaskState.Pending pending) {
        if (entry.node.kind() == Task.Kind.CONTRACT) return unspecified;
        boolean free = pending.attempts().approved() || !options.isGated(entry.node.kinds());
        return free
                ? ready.computeIfAbsent(
                        agentOf(entry, pending.attempts()), agent -> new TreeSet<>(NodeState.MOST_URGENT_FIRST))
                : gated;
    }

    private void touch(NodeState entry, int sign) {
        for (var path : entry.node.files())
            touched.merge(path, sign, (before, change) -> before + change == 0 ? null : before + change);
    }

    private void account(Usage usage, int sign) {
        used = sign > 0 ? used.plus(usage) : used.minus(usage);
    }

    private static void put(Set<NodeState> set, NodeState entry, int sign) {
        if (sign > 0) set.add(entry);
        else set.remove(entry);
    }

    private static Optional<NodeState> first(NavigableSet<NodeState> set) {
        return set.isEmpty() ? Optional.empty() : Optional.of(set.first());
    }

    private static Instant dueAt(NodeState entry) {
        return entry.state instanceof TaskState.Delayed delayed ? delayed.until() : Instant.MIN;
    }
}
