package io.taskweaver.client.execute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.wire.json.ModelJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * A prompt that an agent runs.
 *
 * @param id unique among those that run together
 */
public record Prompt(String id, String text) {
    private static final List<String> IDS = List.of("id", "task_id", "taskId");
    private static final List<String> TEXTS = List.of("standalone_prompt", "prompt", "query", "text");

    /**
     * The prompts of a document.
     *
     * @param source the document itself, if it is an object; then it may list the tasks that the prompts are for
     */
    public record Batch(List<Prompt> prompts, Optional<ObjectNode> source) {
        public Batch {
            prompts = List.copyOf(prompts);
        }
    }

    /**
     * The prompts of a document: the output of {@code generate-queries --json}, or an array of texts, or of objects with a
     * {@code prompt} (or {@code query}) and optionally an {@code id}. What stands in {@code standalone_prompt} needs no work tree,
     * which no prompt has here, and comes first.
     *
     * @param name of the document in messages
     * @throws InvalidInput if it contains no prompts, or two with one id
     */
    public static Batch read(String name, String text) {
        JsonNode document;
        try {
            document = ModelJson.DOCUMENTS.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(name + " is not JSON: " + e.getOriginalMessage() + ".");
        }
        var array = document.isArray() ? document : document.path("queries");
        if (!array.isArray() || array.isEmpty())
            throw new InvalidInput(name + (text.isBlank() ? " is empty" : " contains no prompts")
                    + ": expected the output of taskweaver generate-queries --json, or a JSON array of prompts.");
        var prompts = new ArrayList<Prompt>();
        var ids = new HashSet<String>();
        for (var entry : array) {
            int number = prompts.size() + 1;
            var prompt = new Prompt(
                    first(entry, IDS, "query-" + number), entry.isTextual() ? entry.asText() : first(entry, TEXTS, ""));
            if (prompt.text().isBlank()) throw new InvalidInput(name + ": entry " + number + " has no prompt.");
            if (!ids.add(prompt.id())) throw new InvalidInput(name + ": two prompts have the id " + prompt.id() + ".");
            prompts.add(prompt);
        }
        return new Batch(prompts, document instanceof ObjectNode object ? Optional.of(object) : Optional.empty());
    }

    private static String first(JsonNode entry, List<String> names, String otherwise) {
        for (var name : names) {
            var value = entry.path(name);
            if (value.isValueNode() && !value.asText().isBlank()) return value.asText();
        }
        return otherwise;
    }
}
