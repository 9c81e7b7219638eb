package io.taskweaver.client.refine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.Resources;
import io.taskweaver.wire.json.ModelJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes to a plan as an agent answers with them: JSON of {@link #schemaText}, alone or in a fenced block. A change
 * that the schema does not allow is left out and named; the others count.
 *
 * @param changes what was understood, in its order
 * @param problems what was not, one sentence each
 */
public record RefinementAnswer(List<PlanChange> changes, List<String> problems) {
    private static final String SCHEMA = "changes.schema.json";
    private static final int MOST_CHANGES = 200;
    private static final int SHOWN = 120;

    private static final Pattern FENCED =
            Pattern.compile("^[ \\t]*```(?:json)?[ \\t]*\\R(.*?)^[ \\t]*```", Pattern.DOTALL | Pattern.MULTILINE);

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public RefinementAnswer {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    /** JSON Schema (2020-12) of the answer. */
    public static String schemaText() {
        return Resources.text(RefinementAnswer.class, SCHEMA);
    }

    /** Reads an answer; whatever it is, what cannot be used of it is a problem. */
    public static RefinementAnswer read(String answer) {
        var document = document(answer);
        if (document.isEmpty())
            return new RefinementAnswer(List.of(), List.of("The answer contains no JSON with a list of changes."));
        var changes = new ArrayList<PlanChange>();
        var problems = new ArrayList<String>();
        var schemas = schema();
        var proposed = document.get().get("changes");
        if (proposed.size() > MOST_CHANGES)
            problems.add("Of " + proposed.size() + " changes the first " + MOST_CHANGES + " were read.");
        for (int i = 0; i < Math.min(proposed.size(), MOST_CHANGES); i++) {
            var problem = problem(schemas, proposed.get(i));
            try {
                if (problem.isEmpty())
                    changes.add(ModelJson.read(ModelJson.DOCUMENTS, proposed.get(i), PlanChange.class));
            } catch (IllegalArgumentException e) {
                problem = Optional.of(String.valueOf(e.getMessage()));
            }
            if (problem.isPresent())
                problems.add("Change " + (i + 1) + " was not understood, " + problem.get() + ": "
                        + shortened(proposed.get(i).toString()));
        }
        return new RefinementAnswer(changes, problems);
    }

    /** The last fenced block that is such a document, else the whole answer. */
    private static Optional<JsonNode> document(String answer) {
        var found = Optional.<JsonNode>empty();
        var fenced = FENCED.matcher(answer);
        while (fenced.find()) {
            var block = parsed(fenced.group(1));
            if (block.isPresent()) found = block;
        }
        return found.isPresent() ? found : parsed(answer);
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text))
                    .filter(json -> json.path("changes").isArray());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static JsonNode schema() {
        try {
            return JSON.readTree(schemaText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema is not JSON", e);
        }
    }

    /** Of the alternatives the one that the change names is asked: it says what is wrong. */
    private static Optional<String> problem(JsonNode schema, JsonNode change) {
        var kind = change.path("change").asText("");
        var known = schema.path("$defs").path(kind);
        if (kind.isEmpty() || known.isMissingNode())
            return Optional.of(kind.isEmpty() ? "it names no change" : "there is no change '" + kind + "'");
        var messages = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(known)
                .validate(change);
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(messages.stream()
                        .map(ValidationMessage::getMessage)
                        .sorted()
                        .collect(Collectors.joining(", ")));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
