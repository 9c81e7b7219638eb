package io.taskweaver.client.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.PlanView;
import io.taskweaver.client.TaskState;
import io.taskweaver.client.TaskView;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.contract.ContractWriter;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.event.PlanEvent;
import io.taskweaver.domain.plan.ContextMap;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A plan and how far it has come, as task JSON ({@link io.taskweaver.client.exchange.TaskJson#schema}) with more fields.
 * Estimates are minutes, durations milliseconds.
 */
public final class PlanJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Most characters of interfaces in one document, about a thousand tasks' worth: above that only the contracts' own
     * entries have them, and the others name their contract among their dependencies.
     */
    private static final long MOST_DEFINED = 16L * 1024 * 1024;

    private PlanJson() {}

    /** The whole document, indented, with a line break at its end. */
    public static String write(Plan plan, PlanView view) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(of(plan, view)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always writable", e);
        }
    }

    static ObjectNode of(Plan plan, PlanView view) {
        var json = NODES.objectNode()
                .put("plan", plan.id().value())
                .put("title", plan.title())
                .put("status", status(view))
                .put("agent", plan.options().agent())
                .put("total_minutes", plan.totalMinutes())
                .put("critical_path_minutes", plan.criticalPathMinutes());
        json.set("used", used(view.used()));
        ids(json.putArray("critical_path"), plan.criticalPath());
        phases(json.putArray("phases"), plan.phases());
        var tasks = json.putArray("tasks");
        var nodes = nodes(plan, view);
        var definitions = definitions(contracts(plan, view));
        boolean fits = nodes.stream()
                        .flatMap(task -> task.component().stream())
                        .mapToLong(name -> definitions.getOrDefault(name, "").length())
                        .sum()
                <= MOST_DEFINED;
        for (var task : nodes) {
            var definition = task.component().filter(name -> fits || task.kind() == Task.Kind.CONTRACT);
            tasks.add(task(
                    task,
                    view.task(task.id()),
                    definition.flatMap(name -> Optional.ofNullable(definitions.get(name)))));
        }
        components(json.putArray("components"), plan);
        boundaries(json.putArray("component_boundaries"), ContextMap.of(plan));
        plan.constraints().forEach(json.putArray("constraints")::add);
        plan.boundaries().forEach(json.putArray("boundaries")::add);
        var notices = json.putArray("notices");
        for (var notice : plan.notices()) {
            var entry = notices.addObject().put("code", notice.code()).put("message", notice.message());
            entry.set("source", source(notice.source()));
        }
        return json;
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
            known.task().filter(task -> !planned.contains(task.id())).ifPresent(nodes::add);
        return nodes;
    }

    private static String status(PlanView view) {
        return view.end()
                .map(end -> switch (end) {
                    case PlanEvent.PlanCompleted ignored -> "completed";
                    case PlanEvent.PlanFailed ignored -> "failed";
                    case PlanEvent.PlanCancelled ignored -> "cancelled";
                })
                .orElse(view.created().isEmpty() ? "planned" : view.pause().isPresent() ? "paused" : "running");
    }

    private static ObjectNode task(Task task, Optional<TaskView> seen, Optional<String> definition) {
        var json = NODES.objectNode()
                .put("id", task.id().value())
                .put("title", task.title())
                .put("description", task.description())
                .put("kind", lower(task.kind()))
                .put("priority", lower(task.priority()));
        ids(
                json.putArray("dependencies"),
                task.needs().stream().map(need -> need.on()).toList());
        json.put("phase", task.phase())
                .put("status", status(task, seen))
                .put("estimated_time", task.estimateMinutes())
                .put("critical", task.critical())
                .put(
                        "assignee",
                        seen.flatMap(TaskView::lastStart)
                                .map(PlanEvent.TaskStarted::executor)
                                .orElse(null))
                .put("component", task.component().orElse(null))
                .put("operation", task.operation().orElse(null))
                .put("interface_definition", definition.orElse(null));
        task.tags().forEach(json.putArray("tags")::add);
        task.acceptanceCriteria().forEach(json.putArray("acceptance_criteria")::add);
        task.expectedFiles().forEach(json.putArray("expected_files")::add);
        task.checks().command().ifPresent(command -> json.put("verify", command));
        if (!task.checks().outputs().isEmpty()) task.checks().outputs().forEach(json.putArray("outputs")::add);
        ids(json.putArray("unlocks"), task.unlocks());
        var needs = json.putArray("needs");
        for (var need : task.needs())
            needs.addObject()
                    .put("task", need.on().value())
                    .put("kind", lower(need.kind()))
                    .put("reason", lower(need.reason()))
                    .put("because", need.because())
                    .put("confidence", need.confidence());
        json.set("source", source(task.source()));
        json.put("attempts", seen.map(view -> view.attempts().size()).orElse(0))
                .put("duration_ms", seen.map(view -> view.duration().toMillis()).orElse(0L));
        json.set("used", used(seen.map(TaskView::used).orElse(Usage.NONE)));
        return json;
    }

    private static ObjectNode used(Usage used) {
        return NODES.objectNode()
                .put("cost_usd", BigDecimal.valueOf(used.costMicros(), 6))
                .put("input_tokens", used.inputTokens())
                .put("output_tokens", used.outputTokens());
    }

    /** In the words that task lists of other tools use. */
    private static String status(Task task, Optional<TaskView> seen) {
        var state = seen.map(TaskView::state).orElse(task.done() ? TaskState.DONE : TaskState.WAITING);
        return switch (state) {
            case WAITING, READY -> "pending";
            case RUNNING, MERGING, RECONCILING, RETRYING, NEEDS_INPUT -> "in-progress";
            case FAILED -> "failed";
            case BLOCKED -> "blocked";
            case DONE -> "done";
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
        for (int i = 0; i < phases.size(); i++) {
            var phase = json.addObject().put("phase", i + 1);
            ids(phase.putArray("tasks"), phases.get(i));
        }
    }

    private static void boundaries(ArrayNode array, List<ContextMap.Boundary> boundaries) {
        for (var boundary : boundaries) {
            var json = array.addObject().put("component", boundary.of()).put("uses", boundary.on());
            ids(json.putArray("contracts"), boundary.contract());
            ids(json.putArray("users"), boundary.users());
            ids(json.putArray("waiting"), boundary.waiting());
            boundary.because().forEach(json.putArray("because")::add);
        }
    }

    private static void components(ArrayNode json, Plan plan) {
        for (var component : plan.components()) {
            var entry = json.addObject()
                    .put("name", component.name())
                    .put("task", component.node().value())
                    .put("description", component.description())
                    .put("base_package", component.basePackage());
            var operations = entry.putArray("operations");
            for (var operation : component.operations())
                operations
                        .addObject()
                        .put("name", operation.name())
                        .put("description", operation.description())
                        .put("task", operation.task().value());
            ids(entry.putArray("consumers"), component.consumers());
        }
    }

    private static JsonNode source(Optional<SourceSpan> source) {
        return source.<JsonNode>map(span -> NODES.objectNode()
                        .put("path", span.path())
                        .put("first_line", span.firstLine())
                        .put("last_line", span.lastLine()))
                .orElse(NODES.nullNode());
    }

    private static void ids(ArrayNode json, Collection<TaskId> ids) {
        for (var id : ids) json.add(id.value());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
