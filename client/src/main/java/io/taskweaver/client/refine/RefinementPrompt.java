package io.taskweaver.client.refine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import java.util.Locale;

/** The prompt that asks an agent to improve a plan: the rules, the form of the answer, and the plan as JSON. */
public final class RefinementPrompt {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Descriptions of a large plan are shortened, so that the prompt stays within what agents take. */
    private static final int LARGE_PLAN = 100;

    private static final int SHORT_DESCRIPTION = 400;

    private RefinementPrompt() {}

    /** The prompt for a plan. */
    public static String write(Plan plan) {
        return """
                # Improve a plan

                Below is a plan that was made of requirements by fixed rules. Propose the changes that make it better: needs that are
                missing or wrong, tasks that are several or belong together, titles that do not say what is done, estimates and
                priorities that are off, acceptance criteria that a reviewer would miss. Change nothing for its own sake; no change
                at all is a good answer. Write no code and change no file.

                ## Rules

                - Needs whose reason is "explicit" are what the requirements say: they cannot be dropped, nor merged away.
                - No task may wait for itself, directly or not. A need costs time: add one only where a task cannot be done without it.
                - Tasks that are done, and contracts, stay as they are.
                - A split puts each acceptance criterion of the task into one of its parts, word for word.
                - Changes are made one after the other; the parts of a split task are called ID, ID-2, ID-3.

                ## Answer

                Answer with one JSON document in a fenced block, {"changes": [...]}, which this schema describes:

                ```json
                %s
                ```

                ## The plan

                ```json
                %s
                ```
                """.formatted(RefinementAnswer.schemaText().strip(), text(plan));
    }

    private static String text(Plan plan) {
        var json = JSON.createObjectNode().put("title", plan.title());
        plan.constraints().forEach(json.putArray("constraints")::add);
        plan.boundaries().forEach(json.putArray("boundaries")::add);
        var tasks = json.putArray("tasks");
        boolean large = plan.tasks().size() > LARGE_PLAN;
        for (var task : plan.tasks()) tasks.add(task(task, large));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always writable", e);
        }
    }

    private static ObjectNode task(Task task, boolean large) {
        var json = JSON.createObjectNode()
                .put("id", task.id().value())
                .put("kind", lower(task.kind()))
                .put("title", task.title())
                .put("description", large ? shortened(task.description()) : task.description())
                .put("component", task.component().orElse(null))
                .put("priority", lower(task.priority()))
                .put("minutes", task.estimateMinutes())
                .put("done", task.done());
        task.acceptanceCriteria().forEach(json.putArray("criteria")::add);
        var needs = json.putArray("needs");
        for (var need : task.needs())
            needs.addObject()
                    .put("on", need.on().value())
                    .put("kind", lower(need.kind()))
                    .put("reason", lower(need.reason()))
                    .put("because", need.because());
        return json;
    }

    private static String shortened(String text) {
        return text.length() <= SHORT_DESCRIPTION ? text : text.substring(0, SHORT_DESCRIPTION) + "...";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
