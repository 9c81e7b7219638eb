package io.taskweaver.wire.mapping;

import io.taskweaver.model.Checks;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Need;
import io.taskweaver.model.Ruling;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.event.DeadLetter;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The field of a schema for a record component: the one of the same name, or of that name with {@code Id} or {@code
 * Millis}. This table has the exceptions.
 */
final class FieldNames {
    private static final List<String> ENDINGS = List.of("", "Id", "Millis");

    private static final Map<Class<?>, Map<String, String>> EXCEPTIONS = Map.of(
            Meta.class, Map.of("at", "occurredAt"),
            Task.class, Map.of("id", "taskId"),
            Checks.class, Map.of("command", "verify"),
            Need.class, Map.of("on", "taskId"),
            Ruling.class, Map.of("at", "source"),
            ComponentSpec.class, Map.of("node", "taskId", "name", "component"),
            PlanEvent.TaskPlanned.class, Map.of("dependents", "unlocks"),
            ExecutorHeartbeat.class, Map.of("at", "beatAt", "agents", "backends"),
            ExecutorHeartbeat.AgentHalt.class, Map.of("agent", "backend"));

    /** Components that duplicate another field: read from there, and not written. */
    private static final Map<Class<?>, Map<String, List<String>>> DERIVED = Map.of(
            Submission.class, Map.of("plan", List.of("meta", "planId")),
            Task.class, Map.of("unlocks", List.of("unlocks", "taskId")));

    /** Fields without a component: written with their default. */
    private static final Map<Class<?>, Set<String>> LEFT_OUT =
            Map.of(Meta.class, Set.of("schemaVersion"), DeadLetter.class, Set.of("value"));

    private FieldNames() {}

    static Optional<List<String>> derived(RecordComponent component) {
        return Optional.ofNullable(
                DERIVED.getOrDefault(component.getDeclaringRecord(), Map.of()).get(component.getName()));
    }

    static boolean isLeftOut(Class<?> type, String field) {
        return LEFT_OUT.getOrDefault(type, Set.of()).contains(field);
    }

    static Optional<Schema.Field> fieldOf(RecordComponent component, Schema schema) {
        var named = EXCEPTIONS
                .getOrDefault(component.getDeclaringRecord(), Map.of())
                .get(component.getName());
        if (named != null) return Optional.ofNullable(schema.getField(named));
        return ENDINGS.stream()
                .map(ending -> component.getName() + ending)
                .flatMap(name -> Optional.ofNullable(schema.getField(name)).stream())
                .findFirst();
    }
}
