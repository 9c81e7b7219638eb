package io.taskweaver.reports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.json.ModelJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A plan's JSON with who needs what, and why: {@code "dependencies": [{task, on, kind, reason, because, confidence,
 * planned}]}. {@code planned} says whether the plan waits for it.
 */
public final class DependencyJson {

    private DependencyJson() {}

    /** @param suggested needs that were inferred but that the plan does not wait for, by task */
    public static String write(Plan plan, Map<TaskId, List<Need>> suggested) {
        var json = PlanJson.of(plan);
        var all = json.putArray("dependencies");
        for (var task : plan.tasks()) {
            for (var need : task.needs()) all.add(edge(task.id(), need, true));
            for (var need : suggested.getOrDefault(task.id(), List.of())) all.add(edge(task.id(), need, false));
        }
        return ModelJson.document(json);
    }

    private static ObjectNode edge(TaskId task, Need need, boolean planned) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("task", task.value())
                .put("on", need.on().value())
                .put("kind", need.kind().name().toLowerCase(Locale.ROOT))
                .put("reason", need.reason().name().toLowerCase(Locale.ROOT))
                .put("because", need.because())
                .put("confidence", Math.round(need.confidence() * 1000) / 1000.0)
                .put("planned", planned);
    }
}
