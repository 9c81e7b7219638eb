package io.taskweaver.agents.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a prompt that asks what planning is unsure of: all is as it is planned, but for the first need, which does
 * not hold.
 */
final class SimulatedRefinement {
    private static final String HEADING = "# Judge what planning is unsure of";
    private static final String QUESTIONS = "## Questions";
    private static final String FENCE = "```";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SimulatedRefinement() {}

    /** The answer; empty if the prompt asks for something else. */
    static Optional<String> to(String prompt) {
        return prompt.startsWith(HEADING) ? questions(prompt).map(SimulatedRefinement::answer) : Optional.empty();
    }

    private static Optional<JsonNode> questions(String prompt) {
        int from = prompt.indexOf("{", Math.max(0, prompt.lastIndexOf("\n" + QUESTIONS + "\n")));
        int to = prompt.lastIndexOf(FENCE);
        if (from < 0 || to < from) return Optional.empty();
        try {
            return Optional.of(JSON.readTree(prompt.substring(from, to)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String answer(JsonNode questions) {
        var json = JSON.createObjectNode();
        var statements = json.putArray("statements");
        for (var question : questions.path("statements"))
            statements
                    .addObject()
                    .put("source", question.path("source").asText())
                    .put("is", question.path("planned").asBoolean() ? "work" : "context")
                    .put("because", "simulated");
        needs(questions, json.putArray("needs"));
        return "Simulated.\n\n" + FENCE + "json\n" + json.toPrettyString() + "\n" + FENCE + "\n";
    }

    private static void needs(JsonNode questions, ArrayNode needs) {
        var sources = new HashMap<String, String>();
        for (var task : questions.path("tasks"))
            sources.put(task.path("id").asText(), task.path("source").asText());
        boolean first = true;
        for (var question : questions.path("needs")) {
            boolean holds = question.path("planned").asBoolean() && !first;
            first &= !question.path("planned").asBoolean();
            need(question, holds, sources, needs);
        }
    }

    private static void need(JsonNode question, boolean holds, Map<String, String> sources, ArrayNode needs) {
        var task = question.path("task").asText();
        needs.addObject()
                .put("task", task)
                .put("on", question.path("on").asText())
                .put("verdict", holds ? "needed" : "not-needed")
                .put("because", "simulated")
                .putArray("source")
                .add(sources.getOrDefault(task, ""));
    }
}
