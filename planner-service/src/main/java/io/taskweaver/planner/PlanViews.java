package io.taskweaver.planner;

import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.event.PlanEvent.TaskPlanned;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.TaskKinds;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.schedule.PlanState;
import io.taskweaver.domain.schedule.TaskStage;
import io.taskweaver.domain.schedule.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a user is told of the plans that are kept: read from the store when asked, by any thread. */
final class PlanViews {
    private static final String PLANNING = "planning";

    private final StoredPlans plans;
    private final Fleet.Condition fleet;

    PlanViews(StoredPlans plans, Fleet.Condition fleet) {
        this.plans = plans;
        this.fleet = fleet;
    }

    /** All plans, the newest first. */
    List<PlanStatus.Line> list() {
        return plans.heads().stream()
                .map(PlanViews::line)
                .sorted(Comparator.comparing(PlanStatus.Line::createdAt).reversed())
                .toList();
    }

    Optional<PlanStatus> status(PlanId plan) {
        return plans.head(plan).map(head -> switch (head) {
            case PlanHead.Refused refused -> refused(refused);
            case PlanHead.Waiting waiting -> waiting(waiting);
            case PlanHead.Made made -> made(made);
        });
    }

    private static PlanStatus.Line line(PlanHead head) {
        return switch (head) {
            case PlanHead.Refused refused ->
                new PlanStatus.Line(
                        refused.id().value(),
                        null,
                        "rejected",
                        refused.rejections().getFirst().message(),
                        refused.at());
            case PlanHead.Waiting waiting ->
                new PlanStatus.Line(waiting.id().value(), null, PLANNING, null, waiting.at());
            case PlanHead.Made made ->
                new PlanStatus.Line(
                        made.id().value(), made.title(), name(made.state()), reason(made.state()), made.createdAt());
        };
    }

    private PlanStatus refused(PlanHead.Refused refused) {
        var problems = refused.rejections().stream()
                .map(rejection -> new PlanStatus.Problem(
                        rejection.code(), rejection.message(), rejection.hint(), text(rejection.source())))
                .toList();
        return new PlanStatus(
                refused.id().value(),
                null,
                "rejected",
                problems.getFirst().message(),
                null,
                refused.at(),
                Usage.NONE,
                null,
                Map.of(),
                List.of(),
                List.of(),
                problems,
                fleet);
    }

    private PlanStatus waiting(PlanHead.Waiting waiting) {
        return new PlanStatus(
                waiting.id().value(),
                null,
                PLANNING,
                plans.isFull(waiting.id())
                        ? StoredPlans.MOST_COMMANDS + " commands wait for it; no more are taken until it is made"
                        : null,
                null,
                waiting.at(),
                Usage.NONE,
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                fleet);
    }

    private PlanStatus made(PlanHead.Made made) {
        var planned = plans.tasks(made.id());
        var summary = plans.created(made.id()).summary();
        var states = states(made.id(), planned);
        var stuck = new HashSet<TaskId>();
        var tasks = new ArrayList<PlanStatus.TaskStatus>(planned.size());
        var counts = new TreeMap<String, Integer>();
        for (var each : planned) {
            var task = status(each.task(), states, stuck, made.state(), summary.options());
            tasks.add(task);
            counts.merge(task.state(), 1, Integer::sum);
        }
        return new PlanStatus(
                made.id().value(),
                made.title(),
                name(made.state()),
                reason(made.state()),
                made.priority().name().toLowerCase(Locale.ROOT),
                made.createdAt(),
                tasks.stream().map(PlanStatus.TaskStatus::used).reduce(Usage.NONE, Usage::plus),
                made.limits().equals(Limits.NONE) ? null : LimitsBody.of(made.limits()),
                counts,
                summary.criticalPath().stream().map(TaskId::value).toList(),
                tasks,
                List.of(),
                fleet);
    }

    private Map<TaskId, TaskState> states(PlanId plan, List<TaskPlanned> planned) {
        var states = new HashMap<>(plans.states(plan));
        for (var each : planned)
            states.computeIfAbsent(
                    each.task().id(), id -> TaskState.initial(each.task().done()));
        return states;
    }

    /**
     * @param stuck nodes that wait for a failed one; a plan's nodes are in topological order, so that what a node needs
     *     was looked at before it
     */
    private PlanStatus.TaskStatus status(
            Task task, Map<TaskId, TaskState> states, Set<TaskId> stuck, PlanState plan, PlanOptions options) {
        var state = states.getOrDefault(task.id(), TaskState.initial(task.done()));
        var missing = task.needs().stream()
                .filter(need -> need.reason() != Need.Reason.RECONCILE)
                .map(Need::on)
                .filter(need ->
                        !states.getOrDefault(need, TaskState.initial(false)).satisfies())
                .distinct()
                .toList();
        boolean blocked =
                missing.stream().anyMatch(need -> stuck.contains(need) || states.get(need) instanceof TaskState.Failed);
        if (blocked) stuck.add(task.id());
        return new PlanStatus.TaskStatus(
                task.id().value(),
                task.kind().name().toLowerCase(Locale.ROOT),
                task.title(),
                task.component().orElse(null),
                task.phase(),
                task.critical(),
                task.estimateMinutes(),
                name(state, missing, blocked, plan),
                state instanceof TaskState.Tried tried ? tried.attempts().number() : 0,
                state instanceof TaskState.Tried tried ? tried.attempts().used() : Usage.NONE,
                state instanceof TaskState.Running running ? running.executor() : null,
                since(state),
                missing.stream().map(TaskId::value).toList(),
                why(state, missing, blocked, plan, agentOf(task, state, options)),
                text(task.source()));
    }

    private static String name(TaskState state, List<TaskId> missing, boolean blocked, PlanState plan) {
        if (state instanceof TaskState.Pending && blocked && !(plan instanceof PlanState.Cancelled)) return "blocked";
        var stage = TaskStage.of(state, missing.isEmpty());
        return switch (stage) {
            case MERGED, DONE, FAILED -> stage.word();
            case WAITING, READY, DELAYED, ISSUED, RUNNING, MERGING, RECONCILING, NEEDS_INPUT, PAUSED ->
                plan instanceof PlanState.Cancelled ? "cancelled" : stage.word();
        };
    }

    private static String agentOf(Task task, TaskState state, PlanOptions options) {
        var agents = options.agentsOf(TaskKinds.of(task));
        int agent = state instanceof TaskState.Tried tried ? tried.attempts().agent() : 0;
        return agents.get(Math.min(agent, agents.size() - 1));
    }

    private @Nullable String why(TaskState state, List<TaskId> missing, boolean blocked, PlanState plan, String agent) {
        if (plan instanceof PlanState.Closed && !(state instanceof TaskState.Failed)) return null;
        return switch (state) {
            case TaskState.Pending pending ->
                blocked
                        ? "A task that it needs failed, or waits for one that did: " + joined(missing) + "."
                        : missing.isEmpty() ? whyNotIssued(plan, agent) : "It waits for " + joined(missing) + ".";
            case TaskState.Delayed delayed -> "It failed and is tried again at " + delayed.until() + ".";
            case TaskState.Issued issued -> "It was handed out; no executor has taken it yet.";
            case TaskState.Unmerged unmerged -> "It is completed; its result is being merged.";
            case TaskState.Conflicted conflicted ->
                "Its result contradicts what is merged; " + conflicted.resolver() + " brings them together.";
            case TaskState.NeedsInput waiting -> waiting.question();
            case TaskState.Gated waiting -> TaskState.Gated.QUESTION;
            case TaskState.Held held -> "It was paused: " + held.reason();
            case TaskState.Failed failed ->
                failed.reason() + failed.hint().map(hint -> " " + hint).orElse("");
            case TaskState.Running running -> null;
            case TaskState.Merged merged -> null;
            case TaskState.DoneBefore done -> null;
        };
    }

    private String whyNotIssued(PlanState plan, String agent) {
        if (plan instanceof PlanState.Paused paused) return "The plan is paused: " + paused.reason();
        var closed = fleet.closedAgents().get(agent);
        if (closed != null) return "Its agent " + agent + " rests: " + closed;
        if (fleet.slots() > 0) return "It waits for a free slot.";
        return fleet.halted().isEmpty()
                ? "No executor is alive: start one."
                : "No executor takes work: " + String.join("; ", fleet.halted());
    }

    private static @Nullable Instant since(TaskState state) {
        return switch (state) {
            case TaskState.Running running -> running.startedAt();
            case TaskState.Outstanding out -> out.since();
            case TaskState.Merged merged -> merged.at();
            case TaskState.Tried tried -> null;
            case TaskState.DoneBefore done -> null;
        };
    }

    private static String name(PlanState state) {
        return state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String reason(PlanState state) {
        return switch (state) {
            case PlanState.Active active -> null;
            case PlanState.Paused paused -> paused.reason();
            case PlanState.Completed completed -> null;
            case PlanState.Failed failed -> failed.reason();
            case PlanState.Cancelled cancelled -> cancelled.reason();
        };
    }

    private static String joined(List<TaskId> tasks) {
        return tasks.stream().map(TaskId::value).collect(Collectors.joining(", "));
    }

    private static @Nullable String text(Optional<SourceSpan> span) {
        return span.map(SourceSpan::toString).orElse(null);
    }
}
