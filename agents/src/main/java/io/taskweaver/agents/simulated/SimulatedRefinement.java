package io.taskweaver.agents.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The answer to a prompt that asks to improve a plan: few changes that hold, derived from the plan in the prompt. The first
 * open task without acceptance criteria gets one, and the first one on an odd estimate a rounded one.
 */
final class SimulatedRefinement {
    private static final String HEADING = "# Improve a plan";
    private static final String PLAN = "## The plan";
    private static final String FENCE = "```";
    private static final int ROUNDED_TO = 15;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SimulatedRefinement() {}

    /** The answer; empty if the prompt asks for something else. */
    static Optional<String> to(String prompt) {
        return prompt.startsWith(HEADING) ? plan(prompt).map(SimulatedRefinement::answer) : Optional.empty();
    }

    private static Optional<JsonNode> plan(String prompt) {
        int from = prompt.indexOf("{", Math.max(0, prompt.lastIndexOf("\n" + PLAN + "\n")));
        int to = prompt.lastIndexOf(FENCE);
        if (from < 0 || to < from) return Optional.empty();
        try {
            return Optional.of(JSON.readTree(prompt.substring(from, to)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String answer(JsonNode plan) {
        var json = JSON.createObjectNode();
        var changes = json.putArray("changes");
        open(plan, task -> task.path("criteria").isEmpty())
                .ifPresent(task -> changes.addObject()
                        .put("change", "add-criterion")
                        .put("task", task.path("id").asText())
                        .put(
                                "criterion",
                                "An automated test covers: "
                                        + task.path("title").asText()));
        open(plan, task -> task.path("minutes").asInt() % ROUNDED_TO != 0).ifPresent(task -> rounded(task, changes));
        return "Simulated: " + changes.size() + " changes.\n\n" + FENCE + "json\n" + json.toPrettyString() + "\n"
                + FENCE + "\n";
    }

    private static void rounded(JsonNode task, ArrayNode changes) {
        int minutes = Math.ceilDiv(task.path("minutes").asInt(), ROUNDED_TO) * ROUNDED_TO;
        changes.addObject()
                .put("change", "re-estimate")
                .put("task", task.path("id").asText())
                .put("minutes", minutes);
    }

    private static Optional<JsonNode> open(JsonNode plan, Predicate<JsonNode> wanted) {
        return plan.path("tasks")
                .valueStream()
                .filter(task -> !task.path("done").asBoolean()
                        && !task.path("kind").asText().equals("contract"))
                .filter(wanted)
                .findFirst();
    }
}
