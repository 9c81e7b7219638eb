package io.taskweaver.context;

import io.taskweaver.domain.plan.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A task as it was planned.
 *
 * @param dependents titles of the tasks that wait for it, by id, in the plan's order
 */
record PlannedTask(Task task, Map<String, String> dependents) {
    PlannedTask {
        dependents = Collections.unmodifiableMap(new LinkedHashMap<>(dependents));
    }
}
