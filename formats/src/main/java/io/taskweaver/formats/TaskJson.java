package io.taskweaver.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.Resources;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.scheduling.planning.TaskListPlanner;
import io.taskweaver.wire.json.ModelJson;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Task JSON: an object with a {@code tasks} array, as {@link #schema} says. A plan's JSON is the same with more fields. */
public final class TaskJson {
    private static final String SCHEMA = "tasks.schema.json";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TaskJson() {}

    /** The JSON Schema (draft 2020-12) of task JSON. */
    public static String schema() {
        return Resources.text(TaskJson.class, SCHEMA);
    }

    /** The list, indented. A task whose phase the list does not say gets the one that its dependencies give. */
    public static String write(TaskList list) {
        var json = NODES.objectNode().put("title", list.title());
        if (!list.statesDependencies()) json.put("dependencies_stated", false);
        var phases = TaskListPlanner.phases(list);
        var tasks = json.putArray("tasks");
        for (var entry : list.entries()) tasks.add(task(entry, phases));
        texts(json.putArray("constraints"), list.constraints());
        texts(json.putArray("boundaries"), list.boundaries());
        return text(json);
    }

    private static ObjectNode task(TaskEntry entry, Map<String, Integer> phases) {
        var json = NODES.objectNode()
                .put("id", entry.id())
                .put("title", entry.title())
                .put("description", entry.description())
                .put("kind", entry.kind().name().toLowerCase(Locale.ROOT))
                .put("priority", entry.priority().word());
        texts(json.putArray("dependencies"), entry.dependencies());
        json.put("phase", entry.phase() > 0 ? entry.phase() : (int) phases.getOrDefault(entry.id(), 0))
                .put("status", entry.status().word());
        if (entry.minutes().isPresent())
            json.put("estimated_time", entry.minutes().getAsInt());
        else json.putNull("estimated_time");
        json.put("assignee", entry.assignee().orElse(null))
                .put("component", entry.component().orElse(null))
                .put("operation", entry.operation().orElse(null))
                .put("interface_definition", entry.interfaceDefinition().orElse(null));
        texts(json.putArray("tags"), entry.tags());
        texts(json.putArray("acceptance_criteria"), entry.criteria());
        texts(json.putArray("expected_files"), entry.files());
        entry.verify().ifPresent(command -> json.put("verify", command));
        if (!entry.outputs().isEmpty()) texts(json.putArray("outputs"), entry.outputs());
        json.put("parent", entry.parent().orElse(null))
                .put("section", entry.section())
                .put("details", entry.details())
                .put("verification", entry.verification());
        texts(json.putArray("references"), entry.references());
        if (!entry.passages().isEmpty()) json.set("passages", ModelJson.DOCUMENTS.valueToTree(entry.passages()));
        json.set("source", ModelJson.DOCUMENTS.valueToTree(entry.source()));
        return json;
    }

    static void texts(ArrayNode json, Collection<String> texts) {
        texts.forEach(json::add);
    }

    static String text(JsonNode json) {
        return ModelJson.document(json);
    }

    /** On one line, without a line break at its end. */
    static String line(JsonNode json) {
        return json.toString();
    }
}
