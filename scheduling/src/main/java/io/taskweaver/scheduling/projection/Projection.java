package io.taskweaver.scheduling.projection;

import io.taskweaver.model.Need;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TaskKinds;
import io.taskweaver.model.Verifications;
import io.taskweaver.scheduling.dispatch.PlanState;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.dispatch.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says what each task of a plan is doing and why it does not go on. Pure, and the only place where that is computed: the
 * planner's REST gives it the states that it keeps, {@link PlanView} those that follow from events.
 */
public final class Projection {
    private static final int MOST_NAMED = 10;

    private final Function<TaskId, TaskState> states;
    private final PlanState plan;
    private final PlanOptions options;
    private final long inFlight;
    private final Optional<FleetCondition> fleet;
    /** Where the verification of the base stands, until it has passed: no agent is paid before. */
    private final Optional<TaskState> base;
    /** Nodes that failed, or need one of these. */
    private final Set<TaskId> stuck = new HashSet<>();

    /**
     * A task at its place in the plan.
     *
     * @param position place in the plan's order, from 0
     */
    public record PlannedTask(Task task, int position) {}

    private Projection(
            Function<TaskId, TaskState> states,
            PlanState plan,
            PlanOptions options,
            long inFlight,
            Optional<FleetCondition> fleet,
            Optional<TaskState> base) {
        this.states = states;
        this.base = base;
        this.inFlight = inFlight;
        this.plan = plan;
        this.options = options;
        this.fleet = fleet;
    }

    /**
     * Where the nodes of a plan stand.
     *
     * @param nodes in the plan's order, each after those that it needs
     * @param states of every node that is needed
     * @param fleet the executors, where that is known
     */
    public static List<TaskView> of(
            List<PlannedTask> nodes,
            Function<TaskId, TaskState> states,
            PlanState plan,
            PlanOptions options,
            Optional<FleetCondition> fleet) {
        long inFlight = nodes.stream()
                .filter(node -> node.task().kind() != Task.Kind.CONTRACT)
                .map(node -> states.apply(node.task().id()))
                .filter(state -> state instanceof TaskState.Issued || state instanceof TaskState.Running)
                .count();
        var base = nodes.stream()
                .map(node -> node.task().id())
                .filter(Verifications.BASE::equals)
                .map(states)
                .filter(state -> !state.satisfies())
                .findFirst();
        var projection = new Projection(states, plan, options, inFlight, fleet, base);
        var views = new ArrayList<TaskView>(nodes.size());
        for (var node : nodes) views.add(projection.view(node));
        return views;
    }

    private TaskView view(PlannedTask node) {
        var task = node.task();
        var state = states.apply(task.id());
        var missing = task.needs().stream()
                .filter(need -> need.reason() != Need.Reason.RECONCILE)
                .map(Need::on)
                .distinct()
                .filter(need -> !states.apply(need).satisfies())
                .toList();
        boolean held = base.isPresent() && (task.kind() == Task.Kind.WORK || task.kind() == Task.Kind.RECONCILE);
        if (held && missing.isEmpty() && !task.done()) missing = List.of(Verifications.BASE);
        boolean blocked =
                missing.stream().anyMatch(stuck::contains) || (held && base.get() instanceof TaskState.Failed);
        if (blocked || state instanceof TaskState.Failed) stuck.add(task.id());
        return new TaskView(
                task,
                node.position(),
                state,
                stage(state, missing, blocked),
                missing,
                why(task, state, missing, blocked),
                List.of(),
                Optional.empty());
    }

    private TaskStage stage(TaskState state, List<TaskId> missing, boolean blocked) {
        var stage = TaskStage.of(state, missing.isEmpty());
        if (plan instanceof PlanState.Cancelled && !stage.isFinished() && stage != TaskStage.FAILED)
            return TaskStage.CANCELLED;
        // Nothing of it is under way any more, whatever was.
        if (plan instanceof PlanState.Failed && !stage.isFinished() && stage != TaskStage.FAILED)
            return TaskStage.BLOCKED;
        return blocked && state instanceof TaskState.Pending ? TaskStage.BLOCKED : stage;
    }

    private Optional<String> why(Task task, TaskState state, List<TaskId> missing, boolean blocked) {
        if (plan instanceof PlanState.Cancelled && !(state instanceof TaskState.Failed)) return Optional.empty();
        if (plan instanceof PlanState.Failed
                && missing.isEmpty()
                && !state.satisfies()
                && !(state instanceof TaskState.Failed)) return Optional.of("The plan failed before it was merged.");
        return switch (state) {
            case TaskState.Pending pending ->
                Optional.of(
                        missing.isEmpty()
                                ? whyNotIssued(agentOf(task, pending))
                                : "It waits for " + named(missing) + (blocked ? blockedBy(missing) : "."));
            case TaskState.Delayed delayed ->
                Optional.of("Its attempt failed; the next one starts "
                        + (delayed.until().equals(TaskState.Delayed.UNKNOWN)
                                ? "after a pause."
                                : "at " + delayed.until() + "."));
            case TaskState.Issued issued ->
                Optional.of(
                        task.kind() == Task.Kind.CONTRACT
                                ? "Its contract is being written."
                                : "It is issued; no executor has taken it yet.");
            case TaskState.Unmerged unmerged ->
                Optional.of(
                        options.verify().isEmpty()
                                ? "It is completed; its result is being merged."
                                : task.kind() == Task.Kind.VERIFY
                                        ? "It is completed; its verdict is being taken up."
                                        : "It is completed; its result waits until it passes together with others, or"
                                                + " for files that are being reconciled.");
            case TaskState.Resolved resolved ->
                Optional.of(resolved.resolution().words() + " The result is being merged.");
            case TaskState.Conflicted conflicted ->
                Optional.of(refusal(conflicted) + "Its result conflicts with what is merged; " + conflicted.resolver()
                        + " reconciles them.");
            case TaskState.NeedsInput asked -> Optional.of(asked.question());
            case TaskState.Gated asked -> Optional.of(TaskState.Gated.QUESTION);
            case TaskState.InReview review -> Optional.of("Its result waits for a person: approve or reject it.");
            case TaskState.Held held -> Optional.of("Paused: " + held.reason());
            case TaskState.Failed failed ->
                Optional.of(refusal(failed)
                        + failed.reason()
                        + failed.hint().map(hint -> " " + hint).orElse(""));
            case TaskState.Running _, TaskState.Merged _, TaskState.DoneBefore _ -> Optional.empty();
        };
    }

    private static String refusal(TaskState.Tried state) {
        return state.attempts().refused().map(refused -> refused + " ").orElse("");
    }

    private String blockedBy(List<TaskId> missing) {
        var stopped = missing.stream().filter(stuck::contains).toList();
        if (stopped.isEmpty()) return ", which failed.";
        return (stopped.equals(missing) ? ", which " : "; " + named(stopped) + " ")
                + (stopped.size() == 1 ? "failed or is blocked." : "failed or are blocked.");
    }

    private String agentOf(Task task, TaskState.Tried state) {
        var agents = options.agentsOf(task.kind(), TaskKinds.of(task));
        return agents.get(Math.min(state.attempts().agent(), agents.size() - 1));
    }

    private String whyNotIssued(String agent) {
        if (plan instanceof PlanState.Paused paused) return "The plan is paused: " + paused.reason();
        if (options.maxConcurrent() > 0 && inFlight >= options.maxConcurrent())
            return "The plan runs as many tasks as --max-concurrent permits: " + options.maxConcurrent() + ".";
        if (fleet.isEmpty()) return "It waits for a free slot.";
        var closed = fleet.get().closedAgents().get(agent);
        if (closed != null) return "Its agent " + agent + " takes no work: " + closed;
        if (fleet.get().slots() > 0) return "It waits for a free slot.";
        return fleet.get().halted().isEmpty()
                ? "No executor is alive: start one."
                : "No executor takes work: " + String.join("; ", fleet.get().halted());
    }

    private static String named(List<TaskId> tasks) {
        int more = tasks.size() - MOST_NAMED;
        return tasks.stream().limit(MOST_NAMED).map(TaskId::value).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
