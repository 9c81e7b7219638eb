package io.taskweaver.client.replan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.ContractForm;
import io.taskweaver.model.ContractMode;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.PlanAssembly;
import io.taskweaver.wire.json.ModelJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plan as an earlier run wrote it: what {@link io.taskweaver.reports.PlanJson} writes, read back.
 *
 * @param plan the plan before anything ran; options are the usual ones if the file does not say them
 * @param merged tasks whose work is merged: by that run, or by one before it
 * @param finishedBefore those of them that were merged before that run began
 */
public record EarlierPlan(Plan plan, Set<TaskId> merged, Set<TaskId> finishedBefore) {
    /** Name of the file in an output folder. */
    public static final String FILE = "plan.json";

    public EarlierPlan {
        merged = Set.copyOf(merged);
        finishedBefore = Set.copyOf(finishedBefore);
    }

    /** How its contracts are given: as it was decided, whatever of the code decided it. */
    public ContractMode contracts() {
        return plan.components().stream()
                .findFirst()
                .map(component -> switch (component.form()) {
                    case FILES -> ContractMode.FILES;
                    case TEXT -> ContractMode.TEXT;
                })
                .orElse(plan.options().contracts());
    }

    /**
     * Reads a file.
     *
     * @return empty if it is something else, such as a list of tasks or a document
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is a plan that contradicts the rules of plans
     */
    public static Optional<EarlierPlan> read(Path file) throws IOException {
        return file.toString().endsWith(".json") ? of(Files.readString(file)) : Optional.empty();
    }

    /**
     * Which plan a file is of; its tasks are not read.
     *
     * @return empty if it is missing or something else
     */
    public static Optional<PlanId> idIn(Path file) throws IOException {
        if (!Files.isRegularFile(file)) return Optional.empty();
        try (var parser = ModelJson.DOCUMENTS.createParser(file.toFile())) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()
                        && !parser.getParsingContext().getParent().inRoot()) parser.skipChildren();
                else if (token == JsonToken.VALUE_STRING && "plan".equals(parser.currentName()))
                    return Optional.of(new PlanId(parser.getText()));
            }
            return Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is a plan that contradicts the rules of plans
     */
    public static Optional<EarlierPlan> of(String text) {
        JsonNode json;
        try {
            json = ModelJson.DOCUMENTS.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        boolean isPlan = json.path("plan").isTextual()
                && json.path("tasks").isArray()
                && json.path("components").isArray();
        return isPlan ? Optional.of(plan(json)) : Optional.empty();
    }

    private static EarlierPlan plan(JsonNode json) {
        var tasks = new ArrayList<Task>();
        var merged = new LinkedHashSet<TaskId>();
        var before = new LinkedHashSet<TaskId>();
        for (var node : nodes(json)) {
            var task = task(node);
            if (task.kind() == Task.Kind.RECONCILE) continue; // Made on the way; no document asks for it.
            tasks.add(task);
            if (!isDone(node) || task.kind() != Task.Kind.WORK) continue;
            boolean earlier = wasFinished(node);
            if (earlier) before.add(task.id());
            if (earlier || node.path("attempts").asInt() > 0) merged.add(task.id());
        }
        // Phases are those of the plan before anything ran, so that they compare with those of a new one.
        var plan = new PlanAssembly(tasks)
                .plan(
                        new PlanId(json.path("plan").asText()),
                        json.path("title").asText(),
                        components(json),
                        texts(json.path("constraints")),
                        texts(json.path("boundaries")),
                        List.of(),
                        json.path("options").isObject()
                                ? read(
                                        with(
                                                with(json.path("options"), "contracts", ContractMode.AUTO),
                                                "overlap",
                                                OverlapMode.AVOID),
                                        PlanOptions.class)
                                : PlanOptions.DEFAULT);
        return new EarlierPlan(plan, merged, before);
    }

    /** All tasks, in the order in which they were planned. */
    private static List<JsonNode> nodes(JsonNode json) {
        var nodes = new ArrayList<>(json.path("tasks").valueStream().toList());
        for (var done : json.path("done"))
            nodes.add(Math.clamp(done.path("position").asInt(), 0, nodes.size()), done);
        return nodes;
    }

    private static boolean isDone(JsonNode task) {
        return task.path("status").asText().equals("done");
    }

    private static Task task(JsonNode json) {
        if (!(json.deepCopy() instanceof ObjectNode task))
            throw new IllegalArgumentException("a task is not an object");
        task.put("done", isDoneByDocument(json));
        task.putArray("unlocks"); // Found again; those who list priorities write a number.
        var tags = task.putArray("tags");
        for (var tag : texts(json.path("tags"))) if (!tag.equals(PlanChange.FinishTask.TAG)) tags.add(tag);
        return read(task, Task.class);
    }

    private static <T> T read(JsonNode json, Class<T> type) {
        return ModelJson.read(ModelJson.DOCUMENTS, json, type);
    }

    /** What a run has done since is no part of the plan. */
    private static boolean isDoneByDocument(JsonNode task) {
        return isDone(task)
                && task.path("attempts").asInt() == 0
                && !task.path("kind").asText().equals("contract")
                && !wasFinished(task);
    }

    private static boolean wasFinished(JsonNode task) {
        return texts(task.path("tags")).contains(PlanChange.FinishTask.TAG);
    }

    private static List<ComponentSpec> components(JsonNode json) {
        return json.path("components")
                .valueStream()
                .map(node -> read(with(node, "form", ContractForm.FILES), ComponentSpec.class))
                .toList();
    }

    /** With a field that earlier builds did not write. */
    private static JsonNode with(JsonNode json, String field, Enum<?> usual) {
        return json.deepCopy() instanceof ObjectNode object && !object.hasNonNull(field)
                ? object.put(field, usual.name())
                : json;
    }

    private static List<String> texts(JsonNode json) {
        return json.valueStream().map(JsonNode::asText).toList();
    }
}
