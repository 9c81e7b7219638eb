package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Checks;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.prompts.QueryWriter;
import io.taskweaver.wire.testing.Filled;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A prompt contains all of its task but what is of no use to an agent. */
class PromptContentTest {
    /** The task's place in the plan's graph, of which the prompt has its neighbours, and what only people look at. */
    private static final Set<String> OMITTED =
            Set.of("needs", "unlocks", "phase", "estimateMinutes", "priority", "done", "tags");

    private static final Task TASK = Filled.with(Task.class, Map.of("kind", Task.Kind.WORK));

    static Stream<RecordComponent> components() {
        return Arrays.stream(Task.class.getRecordComponents());
    }

    @ParameterizedTest
    @MethodSource("components")
    void each_component_changes_the_prompt_or_is_known_not_to(RecordComponent component)
            throws ReflectiveOperationException {
        var values = new HashMap<String, Object>(Map.of("kind", Task.Kind.WORK));
        values.put(component.getName(), other(component.getAccessor().invoke(TASK)));

        assertThat(!prompt(Filled.with(Task.class, values)).equals(prompt(TASK)))
                .as(component.getName() + " is in the prompt")
                .isEqualTo(!OMITTED.contains(component.getName()));
    }

    private static String prompt(Task task) {
        var context = Filled.with(IsolatedContext.class, Map.of("task", task, "conflicts", List.of()));
        return QueryWriter.DEFAULT.write(context, Optional.empty()).text();
    }

    private static Object other(Object value) {
        return switch (value) {
            case String text -> "another " + text;
            case TaskId id -> new TaskId("another-" + id);
            case Boolean flag -> !flag;
            case Integer number -> number + 1_000;
            case Optional<?> any -> Optional.empty();
            case List<?> any -> List.of();
            case Checks any -> Checks.NONE;
            case Task.Kind any -> Task.Kind.RECONCILE;
            case Enum<?> constant -> constant.getDeclaringClass().getEnumConstants()[0];
            default -> throw new IllegalArgumentException("no other value than " + value);
        };
    }
}
