package io.taskweaver.client.refine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.taskweaver.model.Resources;
import io.taskweaver.model.Ruling;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.refine.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An agent's answer: JSON of {@link #schemaText}, alone, in a fenced block or with prose around it. What the schema does
 * not allow is left out and named; the rest counts.
 *
 * @param answers what was understood; empty if there is no such document
 * @param problems what was not, one sentence each
 */
public record RefinementAnswer(Optional<Answers> answers, List<String> problems) {
    private static final String SCHEMA = "refinement.schema.json";
    /** A complete answer to all questions takes a tenth of this. */
    private static final int LONGEST = 1_000_000;

    private static final int MOST_OF_A_KIND = 200;
    private static final int MOST_PROBLEMS = 20;
    private static final int DEEPEST = 20;
    /** How many beginnings of an object are tried in an answer with prose around it. */
    private static final int MOST_BEGINNINGS = 20;

    private static final int LONGEST_SHOWN = 200;

    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*```[a-zA-Z]*[ \\t]*\\r?$");
    /** Reads what begins a text; prose may follow. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build());

    public RefinementAnswer {
        problems = List.copyOf(problems);
    }

    /** JSON Schema (2020-12) of the answer. */
    public static String schemaText() {
        return Resources.text(RefinementAnswer.class, SCHEMA);
    }

    /** Reads an answer; whatever it is, what cannot be used of it is a problem. */
    public static RefinementAnswer read(String answer) {
        if (answer.isBlank()) return none("The answer is empty.");
        if (answer.length() > LONGEST)
            return none(String.format(
                    Locale.ROOT, "The answer has %,d characters; at most %,d are read.", answer.length(), LONGEST));
        var search = new Search(answer);
        return search.document()
                .map(document -> new Reading(document).read())
                .orElseGet(() -> none("The answer contains no JSON object with \"statements\" or \"needs\""
                        + search.problem.map(problem -> ": " + problem).orElse("") + ". It begins with '"
                        + shortened(answer.strip()) + "'."));
    }

    private static RefinementAnswer none(String problem) {
        return new RefinementAnswer(Optional.empty(), List.of(problem));
    }

    /** Looks for the document in an answer. */
    private static final class Search {
        private final String answer;
        /** Why the first thing that was tried is no JSON. */
        private Optional<String> problem = Optional.empty();

        Search(String answer) {
            this.answer = answer;
        }

        /** The last fenced block that is such a document, else the whole answer, else what begins as an object in it. */
        Optional<JsonNode> document() {
            var fences = FENCE.matcher(answer).results().toList();
            int tries = 0;
            for (int end = fences.size() - 1; end > 0 && tries < MOST_BEGINNINGS; end--, tries++) {
                var block = parsed(answer.substring(
                        fences.get(end - 1).end(), fences.get(end).start()));
                if (block.isPresent()) return block;
            }
            var found = parsed(answer);
            int begin = answer.indexOf('{');
            for (int i = 0; found.isEmpty() && begin >= 0 && i < MOST_BEGINNINGS; i++) {
                found = parsed(answer.substring(begin));
                begin = answer.indexOf('{', begin + 1);
            }
            return found;
        }

        private Optional<JsonNode> parsed(String text) {
            if (text.isBlank()) return Optional.empty();
            try {
                return Optional.ofNullable(JSON.readTree(text)).filter(RefinementAnswer::isDocument);
            } catch (JsonProcessingException e) {
                if (problem.isEmpty() && text.strip().startsWith("{")) problem = Optional.of(explained(e));
                return Optional.empty();
            }
        }

        private static String explained(JsonProcessingException thrown) {
            var at = thrown.getLocation();
            var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            return shortened(thrown.getOriginalMessage()) + where;
        }
    }

    private static boolean isDocument(JsonNode json) {
        return json.has("statements") || json.has("needs");
    }

    /** Takes what the schema allows, entry by entry. */
    private static final class Reading {
        private final JsonNode document;
        private final JsonNode schema = schema();
        private final List<String> problems = new ArrayList<>();
        private int more;

        Reading(JsonNode document) {
            this.document = document;
        }

        RefinementAnswer read() {
            document.fieldNames().forEachRemaining(name -> {
                if (!name.equals("statements") && !name.equals("needs"))
                    problem("$." + shortened(name) + ": only \"statements\" and \"needs\" are expected");
            });
            var statements = entries("statements", "statement", Reading::statement);
            var needs = entries("needs", "need", Reading::need);
            if (more > 0) problems.add(more + " more were left out.");
            return new RefinementAnswer(Optional.of(new Answers(statements, needs)), problems);
        }

        private void problem(String problem) {
            if (problems.size() < MOST_PROBLEMS) problems.add("Left out: " + problem + ".");
            else more++;
        }

        private <A> List<A> entries(String name, String kind, Function<JsonNode, A> reading) {
            var answers = new ArrayList<A>();
            var entries = document.path(name);
            if (!entries.isMissingNode() && !entries.isArray()) problem("$." + name + ": an array is expected");
            var rules = rules(kind);
            for (int i = 0; i < Math.min(entries.size(), MOST_OF_A_KIND); i++)
                entry(rules, "$." + name + "[" + i + "]", entries.get(i), json -> answers.add(reading.apply(json)));
            if (entries.size() > MOST_OF_A_KIND)
                problem("$." + name + ": of " + entries.size() + " entries the first " + MOST_OF_A_KIND + " are read");
            return answers;
        }

        private JsonSchema rules(String kind) {
            var config = SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_PATH)
                    .locale(Locale.ENGLISH)
                    .build();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(schema.path("$defs").path(kind), config);
        }

        private void entry(JsonSchema rules, String path, JsonNode json, Consumer<JsonNode> valid) {
            var messages = rules.validate(json);
            if (!messages.isEmpty()) {
                problem(messages.stream()
                        .map(ValidationMessage::getMessage)
                        .map(text -> path + (text.startsWith("$") ? text.substring(1) : ": " + text))
                        .sorted()
                        .distinct()
                        .map(RefinementAnswer::shortened)
                        .collect(Collectors.joining("; ")));
                return;
            }
            try {
                valid.accept(json);
            } catch (IllegalArgumentException e) {
                problem(path + ": " + shortened(String.valueOf(e.getMessage())));
            }
        }

        private static Answers.OfStatement statement(JsonNode json) {
            var title = text(json, "title");
            if (title.isPresent() && !Ruling.isTitle(title.get()))
                throw new IllegalArgumentException("a title is one line");
            return new Answers.OfStatement(
                    span(json.path("source").asText()),
                    Ruling.Kind.valueOf(constant(json.path("is").asText())),
                    title,
                    text(json, "of").map(TaskId::new),
                    json.path("because").asText().strip());
        }

        private static Answers.OfNeed need(JsonNode json) {
            return new Answers.OfNeed(
                    new TaskId(json.path("task").asText()),
                    new TaskId(json.path("on").asText()),
                    Answers.Verdict.valueOf(constant(json.path("verdict").asText())),
                    json.path("source")
                            .valueStream()
                            .map(source -> span(source.asText()))
                            .toList(),
                    json.path("because").asText().strip());
        }

        private static Optional<String> text(JsonNode json, String name) {
            return json.has(name) ? Optional.of(json.path(name).asText().strip()) : Optional.empty();
        }

        private static String constant(String word) {
            return word.toUpperCase(Locale.ROOT).replace('-', '_');
        }

        /** {@code path:line} or {@code path:first-last}. */
        private static SourceSpan span(String source) {
            int colon = source.lastIndexOf(':');
            int dash = source.indexOf('-', colon);
            int first = Integer.parseInt(source.substring(colon + 1, dash < 0 ? source.length() : dash));
            int last = dash < 0 ? first : Integer.parseInt(source.substring(dash + 1));
            return new SourceSpan(source.substring(0, colon), first, last);
        }

        private static JsonNode schema() {
            try {
                return JSON.readTree(schemaText());
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the schema is not JSON", e);
            }
        }
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
    }
}
