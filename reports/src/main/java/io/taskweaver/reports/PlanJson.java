package io.taskweaver.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.contracts.ContractWriter;
import io.taskweaver.model.ContextMap;
import io.taskweaver.model.Contract;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.requirements.tasks.TaskStatus;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import io.taskweaver.wire.json.ModelJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan and how far it has come, as task JSON (schema: {@code taskweaver export --schema}) with more fields. {@code tasks} are
 * those that the plan does, {@code done} what its documents say is done, each with its position among all (from 0). Estimates are minutes, durations milliseconds.
 */
public final class PlanJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * Most characters of interfaces in one document, about a thousand tasks' worth: above that only the contracts' own
     * entries have them, and the others name their contract among their dependencies.
     */
    private static final long MOST_DEFINED = 16L * 1024 * 1024;

    private PlanJson() {}

    /** The whole document, indented, with a line break at its end. */
    public static String write(Plan plan, PlanView view) {
        return ModelJson.document(of(plan, view));
    }

    /** The whole document of a plan of which nothing ran yet. */
    public static String write(Plan plan) {
        return ModelJson.document(of(plan));
    }

    public static ObjectNode of(Plan plan) {
        return of(plan, new PlanView(plan.id()));
    }

    public static ObjectNode of(Plan plan, PlanView view) {
        var json = NODES.objectNode()
                .put("plan", plan.id().value())
                .put("title", plan.title())
                .put("status", view.exists() ? view.stage().word() : "planned")
                .put("agent", plan.options().agent())
                .put("total_minutes", plan.totalMinutes())
                .put("critical_path_minutes", plan.criticalPathMinutes());
        json.set("used", used(view.used()));
        json.set("critical_path", tree(plan.criticalPath()));
        phases(json.putArray("phases"), plan.phases());
        var tasks = json.putArray("tasks");
        var before = json.putArray("done");
        var nodes = nodes(plan, view);
        var definitions = definitions(contracts(plan, view));
        boolean fits = nodes.stream()
                        .flatMap(task -> task.component().stream())
                        .mapToLong(name -> definitions.getOrDefault(name, "").length())
                        .sum()
                <= MOST_DEFINED;
        var done = nodes.stream().filter(Task::done).map(Task::id).collect(Collectors.toSet());
        for (int position = 0; position < nodes.size(); position++) {
            var task = nodes.get(position);
            var definition = task.component()
                    .filter(name -> fits || task.kind() == Task.Kind.CONTRACT)
                    .flatMap(name -> Optional.ofNullable(definitions.get(name)));
            var seen = view.task(task.id());
            var duration = seen.map(view::duration).orElse(Duration.ZERO);
            var entry = task(task, seen, duration, done, definition);
            if (task.done()) before.add(entry.put("position", position));
            else tasks.add(entry);
        }
        json.set("components", tree(plan.components()));
        json.set("component_boundaries", tree(ContextMap.of(plan)));
        json.set("constraints", tree(plan.constraints()));
        json.set("boundaries", tree(plan.boundaries()));
        json.set("notices", tree(plan.notices()));
        json.set("options", tree(plan.options()));
        return json;
    }

    private static JsonNode tree(Object value) {
        return ModelJson.DOCUMENTS.valueToTree(value);
    }

    /** Contracts by component: as they were published, else as they will be. */
    private static Map<String, Contract> contracts(Plan plan, PlanView view) {
        var contracts = new HashMap<String, Contract>();
        for (var spec : plan.components()) contracts.put(spec.name(), ContractWriter.write(spec, 1));
        contracts.putAll(view.contracts());
        return contracts;
    }

    /** The planned nodes, then those that were added on the way. */
    static List<Task> nodes(Plan plan, PlanView view) {
        var nodes = new ArrayList<>(plan.tasks());
        var planned = plan.tasks().stream().map(Task::id).collect(Collectors.toSet());
        for (var known : view.tasks())
            if (known.isPlanned() && !known.isVerification() && !planned.contains(known.id())) nodes.add(known.task());
        return nodes;
    }

    /** All that the task is, in the order of its form, and between that how far it has come. */
    private static ObjectNode task(
            Task task, Optional<TaskView> seen, Duration duration, Set<TaskId> done, Optional<String> definition) {
        var json = NODES.objectNode();
        for (var field : tree(task).properties()) {
            json.set(field.getKey(), field.getValue());
            switch (field.getKey()) {
                case "priority" ->
                    json.set(
                            "dependencies",
                            tree(task.needs().stream().map(Need::on).toList()));
                case "phase" -> {
                    var stage = seen.map(TaskView::stage).orElseGet(() -> stage(task, done));
                    json.put("status", status(stage).word()).put("state", stage.word());
                }
                case "critical" ->
                    json.put(
                            "assignee",
                            seen.flatMap(TaskView::lastStart)
                                    .map(PlanEvent.TaskStarted::executor)
                                    .orElse(null));
                case "operation" -> json.put("interface_definition", definition.orElse(null));
                default -> {}
            }
        }
        seen.ifPresent(view -> result(json, view));
        json.put("attempts", seen.map(view -> view.attempts().size()).orElse(0))
                .put("duration_ms", duration.toMillis());
        json.set("used", used(seen.map(TaskView::used).orElse(Usage.NONE)));
        return json;
    }

    /** What the task changed in the code, once that is merged, and what a person thought of it. */
    private static void result(ObjectNode json, TaskView task) {
        if (task.state() instanceof TaskState.InReview review)
            json.putObject("review")
                    .put("attempt", task.attempt())
                    .put("commit", review.commit().orElse(null));
        var rejections = NODES.arrayNode();
        for (var attempt : task.attempts())
            attempt.rejection()
                    .ifPresent(reason -> rejections
                            .addObject()
                            .put("attempt", attempt.number())
                            .put("reason", reason));
        if (!rejections.isEmpty()) json.set("rejections", rejections);
        for (var attempt : task.attempts()) {
            if (attempt.merged().isEmpty()) continue;
            var merged = attempt.merged().get();
            json.put("commit", merged.commit());
            merged.paths().forEach(json.putArray("changed")::add);
            merged.united().forEach(json.putArray("united")::add);
            var leftOut = json.putArray("left_out");
            attempt.leftOut().forEach(leftOut::add);
        }
    }

    private static ObjectNode used(Usage used) {
        return NODES.objectNode()
                .put("cost_usd", BigDecimal.valueOf(used.costMicros(), 6))
                .put("input_tokens", used.inputTokens())
                .put("output_tokens", used.outputTokens());
    }

    /** The state of a task before anything runs. */
    private static TaskStage stage(Task task, Set<TaskId> done) {
        if (task.done()) return TaskStage.DONE;
        boolean lacksNothing = task.needs().stream()
                .filter(need -> need.reason() != Need.Reason.RECONCILE)
                .allMatch(need -> done.contains(need.on()));
        return lacksNothing ? TaskStage.READY : TaskStage.WAITING;
    }

    /** In the words that task lists of other tools use. */
    private static TaskStatus status(TaskStage stage) {
        return switch (stage) {
            case WAITING, READY -> TaskStatus.PENDING;
            case DELAYED, ISSUED, RUNNING, MERGING, RECONCILING, IN_REVIEW, NEEDS_INPUT, PAUSED ->
                TaskStatus.IN_PROGRESS;
            case FAILED -> TaskStatus.FAILED;
            case BLOCKED -> TaskStatus.BLOCKED;
            case MERGED, DONE -> TaskStatus.DONE;
            case CANCELLED -> TaskStatus.CANCELLED;
        };
    }

    /** The interface of each component. */
    private static Map<String, String> definitions(Map<String, Contract> contracts) {
        var definitions = new HashMap<String, String>();
        contracts.forEach((component, contract) -> contract.artifacts().stream()
                .filter(artifact -> artifact.kind() == Contract.Kind.INTERFACE)
                .findFirst()
                .ifPresent(artifact -> definitions.put(component, artifact.content())));
        return definitions;
    }

    private static void phases(ArrayNode json, List<List<TaskId>> phases) {
        for (int i = 0; i < phases.size(); i++)
            json.addObject().put("phase", i + 1).set("tasks", tree(phases.get(i)));
    }
}
