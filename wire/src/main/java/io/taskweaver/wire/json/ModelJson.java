package io.taskweaver.wire.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.taskweaver.model.Checks;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.ContextMap;
import io.taskweaver.model.Finding;
import io.taskweaver.model.Need;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * JSON of the model's values: record components are mapped automatically. Records of one string, such as ids, are
 * strings; times and durations are ISO 8601; absent values are null. Missing lists, sets and maps are read as empty,
 * unknown fields are ignored.
 */
public final class ModelJson {

    /** For services: names of record components, constants by name. */
    public static final JsonMapper SERVICES = builder(true).build();

    /** For files and the command line: names in snake case, constants in lower case, missing texts read as empty. */
    public static final JsonMapper DOCUMENTS = builder(false)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .withConfigOverride(
                    String.class, text -> text.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .addMixIn(Task.class, TaskForm.class)
            .addMixIn(Checks.class, ChecksForm.class)
            .addMixIn(Need.class, NeedForm.class)
            .addMixIn(ComponentSpec.class, ComponentForm.class)
            .addMixIn(ContextMap.Boundary.class, BoundaryForm.class)
            .addMixIn(Finding.class, FindingForm.class)
            .build();

    private ModelJson() {}

    private static JsonMapper.Builder builder(boolean strict) {
        return forModel(JsonMapper.builder(), strict)
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** A mapper for the model's values as services use it, with others. */
    public static JsonMapper.Builder forModel(JsonMapper.Builder builder) {
        return forModel(builder, true);
    }

    private static JsonMapper.Builder forModel(JsonMapper.Builder builder, boolean strict) {
        return builder.addModules(new Jdk8Module(), new JavaTimeModule())
                .annotationIntrospector(new ModelRecords(strict))
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .addMixIn(PlanChange.class, ChangeForm.class);
    }

    /** JSON of a value for services. */
    public static byte[] bytes(Object value) {
        try {
            return SERVICES.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if a field is missing or malformed
     * @throws RuntimeException of the model's constructors, if the values violate its rules
     */
    public static <T> T read(JsonMapper mapper, JsonNode json, Class<T> type) {
        try {
            return mapper.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof RuntimeException refusal) throw refusal;
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** A complete document, indented, with a final line break. */
    public static String document(JsonNode json) {
        return json.toPrettyString() + "\n";
    }

    /** Changes of a plan, as agents and users name them. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = PlanChange.AddNeed.class, name = "add-need"),
        @JsonSubTypes.Type(value = PlanChange.DropNeed.class, name = "drop-need"),
        @JsonSubTypes.Type(value = PlanChange.SplitTask.class, name = "split"),
        @JsonSubTypes.Type(value = PlanChange.MergeTasks.class, name = "merge"),
        @JsonSubTypes.Type(value = PlanChange.RetitleTask.class, name = "retitle"),
        @JsonSubTypes.Type(value = PlanChange.ReestimateTask.class, name = "re-estimate"),
        @JsonSubTypes.Type(value = PlanChange.ReprioritiseTask.class, name = "reprioritise"),
        @JsonSubTypes.Type(value = PlanChange.AddCriterion.class, name = "add-criterion"),
        @JsonSubTypes.Type(value = PlanChange.FinishTask.class, name = "finish")
    })
    private interface ChangeForm {}

    /** A task as in task JSON; the writer adds state and status of a run. */
    @JsonPropertyOrder({
        "id",
        "title",
        "description",
        "kind",
        "priority",
        "phase",
        "estimated_time",
        "critical",
        "component",
        "operation",
        "tags",
        "acceptance_criteria",
        "expected_files",
        "verify",
        "outputs",
        "unlocks",
        "needs",
        "source"
    })
    private interface TaskForm {
        @JsonProperty("estimated_time")
        int estimateMinutes();

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        boolean done();

        @JsonUnwrapped
        Checks checks();
    }

    private interface ChecksForm {
        @JsonProperty("verify")
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        Optional<String> command();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<String> outputs();
    }

    private interface NeedForm {
        @JsonProperty("task")
        TaskId on();
    }

    @JsonPropertyOrder({"name", "task"})
    private interface ComponentForm {
        @JsonProperty("task")
        TaskId node();
    }

    private interface BoundaryForm {
        @JsonProperty("component")
        String of();

        @JsonProperty("uses")
        String on();

        @JsonProperty("contracts")
        List<TaskId> contract();
    }

    private interface FindingForm {
        @JsonProperty("source")
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        Optional<SourceSpan> at();
    }
}
