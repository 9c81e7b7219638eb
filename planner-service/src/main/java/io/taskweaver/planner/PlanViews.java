package io.taskweaver.planner;

import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.projection.FleetCondition;
import io.taskweaver.scheduling.projection.OpenConflict;
import io.taskweaver.scheduling.projection.Projection;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a user reads of the plans that are kept: taken from the store when asked, by any thread. */
final class PlanViews {
    private final StoredPlans plans;
    private final FleetCondition fleet;

    PlanViews(StoredPlans plans, FleetCondition fleet) {
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
            case PlanHead.Refused refused -> unmade(line(refused), refused.rejections());
            case PlanHead.Waiting waiting -> unmade(line(waiting, whyNoCommands(waiting)), List.of());
            case PlanHead.Made made -> made(made);
            case PlanHead.Archived archived -> unmade(line(archived), List.of());
        });
    }

    /** Conflicts of a plan that are open; empty if there is no plan. */
    Optional<List<ConflictStatus>> conflicts(PlanId plan) {
        return plans.head(plan).map(head -> head instanceof PlanHead.Made made ? conflicts(made) : List.of());
    }

    private List<ConflictStatus> conflicts(PlanHead.Made made) {
        return OpenConflict.of(tasks(made), task -> plans.conflict(made.id(), task.id())).stream()
                .map(ConflictStatus::of)
                .toList();
    }

    private static PlanStatus.Line line(PlanHead head) {
        return line(
                head,
                switch (head) {
                    case PlanHead.Refused refused ->
                        refused.rejections().getFirst().message();
                    case PlanHead.Waiting waiting -> null;
                    case PlanHead.Made made -> made.state().why().orElse(null);
                    case PlanHead.Archived archived ->
                        "its end: " + archived.end() + "; its archive has the SHA-256 " + archived.digest();
                });
    }

    private static PlanStatus.Line line(PlanHead head, @Nullable String reason) {
        var title = switch (head) {
            case PlanHead.Made made -> made.title();
            case PlanHead.Archived archived -> archived.title();
            case PlanHead.Waiting _, PlanHead.Refused _ -> null;
        };
        return new PlanStatus.Line(head.id().value(), title, head.stage().word(), reason, head.at());
    }

    private @Nullable String whyNoCommands(PlanHead.Waiting waiting) {
        return plans.isFull(waiting.id())
                ? StoredPlans.MOST_COMMANDS + " commands wait for it; no more are taken until it is made"
                : null;
    }

    private PlanStatus unmade(PlanStatus.Line line, List<Rejection> rejections) {
        var problems = rejections.stream()
                .map(rejection -> new PlanStatus.Problem(
                        rejection.code(), rejection.message(), rejection.hint(), text(rejection.source())))
                .toList();
        return new PlanStatus(
                line.planId(),
                line.title(),
                line.status(),
                line.reason(),
                null,
                line.createdAt(),
                Usage.NONE,
                null,
                Map.of(),
                List.of(),
                List.of(),
                problems,
                fleet);
    }

    private PlanStatus made(PlanHead.Made made) {
        var line = line(made);
        var tasks = tasks(made);
        var counts = new TreeMap<String, Integer>();
        for (var task : tasks) counts.merge(task.stage().word(), 1, Integer::sum);
        return new PlanStatus(
                line.planId(),
                line.title(),
                line.status(),
                line.reason(),
                made.priority().name().toLowerCase(Locale.ROOT),
                line.createdAt(),
                tasks.stream().map(TaskView::used).reduce(Usage.NONE, Usage::plus),
                made.limits().equals(Limits.NONE) ? null : LimitsBody.of(made.limits()),
                counts,
                plans.created(made.id()).summary().criticalPath().stream()
                        .map(TaskId::value)
                        .toList(),
                tasks.stream().map(PlanViews::status).toList(),
                List.of(),
                fleet);
    }

    private List<TaskView> tasks(PlanHead.Made made) {
        var states = new HashMap<>(plans.states(made.id()));
        var nodes = plans.tasks(made.id()).stream()
                .map(planned -> new Projection.PlannedTask(planned.task(), planned.position()))
                .toList();
        for (var node : nodes)
            states.computeIfAbsent(
                    node.task().id(), id -> TaskState.initial(node.task().done()));
        return Projection.of(
                nodes,
                id -> states.getOrDefault(id, TaskState.initial(false)),
                made.state(),
                plans.created(made.id()).summary().options(),
                Optional.of(fleet));
    }

    private static PlanStatus.TaskStatus status(TaskView view) {
        var task = view.task();
        return new PlanStatus.TaskStatus(
                task.id().value(),
                task.kind().name().toLowerCase(Locale.ROOT),
                task.title(),
                task.component().orElse(null),
                task.phase(),
                task.critical(),
                task.estimateMinutes(),
                view.stage().word(),
                view.attempt(),
                view.used(),
                view.executor().orElse(null),
                view.since().orElse(null),
                view.waitingFor().stream().map(TaskId::value).toList(),
                view.why().orElse(null),
                text(task.source()));
    }

    private static @Nullable String text(Optional<SourceSpan> span) {
        return span.map(SourceSpan::toString).orElse(null);
    }
}
