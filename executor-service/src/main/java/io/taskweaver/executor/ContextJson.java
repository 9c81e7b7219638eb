package io.taskweaver.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.context.IsolatedContext;
import io.taskweaver.domain.context.Neighbourhood;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reads an isolated context as the context service writes it: the fields of the domain's records. */
final class ContextJson {

    /** @throws IllegalArgumentException if a field is missing or has another form */
    IsolatedContext read(JsonNode json) {
        return new IsolatedContext(
                text(json, "planTitle"),
                task(field(json, "task")),
                texts(json, "constraints"),
                texts(json, "boundaries"),
                list(json, "contracts", ContextJson::contract),
                map(json, "files"),
                map(json, "dependents"),
                present(json, "neighbourhood").map(ContextJson::neighbourhood).orElse(Neighbourhood.NONE),
                texts(json, "conventions"),
                list(json, "conflicts", ContextJson::conflict),
                field(json, "version").asLong());
    }

    private static Neighbourhood neighbourhood(JsonNode json) {
        return new Neighbourhood(
                list(
                        json,
                        "foundations",
                        each -> new Neighbourhood.Foundation(
                                id(field(each, "id")), text(each, "title"), text(each, "because"))),
                list(
                        json,
                        "dependents",
                        each -> new Neighbourhood.Dependent(
                                id(field(each, "id")),
                                text(each, "title"),
                                each.path("caller").asBoolean(),
                                text(each, "because"),
                                texts(each, "criteria"),
                                texts(each, "files"))),
                list(json, "later", each -> new Neighbourhood.Later(id(field(each, "id")), text(each, "title"))),
                list(
                        json,
                        "siblings",
                        each -> new Neighbourhood.Sibling(
                                id(field(each, "id")),
                                text(each, "title"),
                                each.path("concurrent").asBoolean(),
                                texts(each, "files"))));
    }

    private static Task task(JsonNode json) {
        return new Task(
                id(field(json, "id")),
                Task.Kind.valueOf(text(json, "kind")),
                text(json, "title"),
                text(json, "description"),
                texts(json, "acceptanceCriteria"),
                optional(json, "component"),
                optional(json, "operation"),
                Task.Priority.valueOf(text(json, "priority")),
                field(json, "estimateMinutes").asInt(),
                list(json, "needs", ContextJson::need),
                list(json, "unlocks", ContextJson::id),
                field(json, "phase").asInt(),
                json.path("critical").asBoolean(),
                json.path("done").asBoolean(),
                texts(json, "expectedFiles"),
                present(json, "checks").map(ContextJson::checks).orElse(Checks.NONE),
                texts(json, "tags"),
                present(json, "source").map(ContextJson::source));
    }

    private static Checks checks(JsonNode json) {
        return new Checks(optional(json, "command"), texts(json, "outputs"));
    }

    private static Need need(JsonNode json) {
        return new Need(
                id(field(json, "on")),
                Need.Kind.valueOf(text(json, "kind")),
                Need.Reason.valueOf(text(json, "reason")),
                text(json, "because"),
                field(json, "confidence").asDouble());
    }

    private static SourceSpan source(JsonNode json) {
        return new SourceSpan(
                text(json, "path"),
                field(json, "firstLine").asInt(),
                field(json, "lastLine").asInt());
    }

    private static Contract contract(JsonNode json) {
        return new Contract(
                text(json, "component"),
                field(json, "version").asInt(),
                list(json, "artifacts", ContextJson::artifact));
    }

    private static Contract.Artifact artifact(JsonNode json) {
        return new Contract.Artifact(
                Contract.Kind.valueOf(text(json, "kind")),
                text(json, "path"),
                text(json, "mediaType"),
                text(json, "content"));
    }

    private static FileConflict conflict(JsonNode json) {
        return new FileConflict(
                text(json, "path"),
                optional(json, "base"),
                optional(json, "current"),
                optional(json, "proposed"),
                list(json, "contributors", ContextJson::id));
    }

    private static TaskId id(JsonNode json) {
        return new TaskId(json.asText());
    }

    private static JsonNode field(JsonNode json, String name) {
        return present(json, name).orElseThrow(() -> new IllegalArgumentException("it has no field '" + name + "'"));
    }

    private static Optional<JsonNode> present(JsonNode json, String name) {
        return json.hasNonNull(name) ? Optional.of(json.get(name)) : Optional.empty();
    }

    private static String text(JsonNode json, String name) {
        return field(json, name).asText();
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return present(json, name).map(JsonNode::asText);
    }

    private static List<String> texts(JsonNode json, String name) {
        return list(json, name, JsonNode::asText);
    }

    private static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> item) {
        return StreamSupport.stream(json.path(name).spliterator(), false)
                .map(item)
                .toList();
    }

    private static Map<String, String> map(JsonNode json, String name) {
        var map = new LinkedHashMap<String, String>();
        for (var entry : json.path(name).properties())
            map.put(entry.getKey(), entry.getValue().asText());
        return map;
    }
}
