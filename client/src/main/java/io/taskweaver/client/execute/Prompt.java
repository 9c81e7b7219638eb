package io.taskweaver.client.execute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.client.UnusableInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A prompt that an agent runs.
 *
 * @param id unique among those that run together
 */
public record Prompt(String id, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> IDS = List.of("id", "task_id", "taskId");
    private static final List<String> TEXTS = List.of("prompt", "query", "text");

    /**
     * The prompts of a file: what {@code generate-queries --json} writes, or an array of texts, or of objects with a
     * {@code prompt} (or {@code query}) and perhaps an {@code id}.
     *
     * @throws UnusableInput if it holds none, or one twice
     */
    public static List<Prompt> read(String name, String text) {
        JsonNode document;
        try {
            document = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnusableInput(name + " is no JSON: " + e.getOriginalMessage() + ".");
        }
        var array = document.isArray() ? document : document.path("queries");
        if (!array.isArray() || array.isEmpty())
            throw new UnusableInput(name + " holds no queries: it must be an array of prompts, or what taskweaver"
                    + " generate-queries --json writes.");
        var prompts = new ArrayList<Prompt>();
        var ids = new HashSet<String>();
        for (var entry : array) {
            int number = prompts.size() + 1;
            var prompt = new Prompt(
                    first(entry, IDS, "query-" + number), entry.isTextual() ? entry.asText() : first(entry, TEXTS, ""));
            if (prompt.text().isBlank()) throw new UnusableInput(name + ": query " + number + " has no prompt.");
            if (!ids.add(prompt.id())) throw new UnusableInput(name + ": two queries have the id " + prompt.id() + ".");
            prompts.add(prompt);
        }
        return prompts;
    }

    private static String first(JsonNode entry, List<String> names, String otherwise) {
        for (var name : names) {
            var value = entry.path(name);
            if (value.isValueNode() && !value.asText().isBlank()) return value.asText();
        }
        return otherwise;
    }
}
