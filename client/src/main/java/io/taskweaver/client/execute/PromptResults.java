package io.taskweaver.client.execute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.UnusableInput;
import io.taskweaver.domain.plan.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** How prompts stand, as a JSON file that is whole at any time. */
public final class PromptResults {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String batch;
    private final Map<String, PromptRun> runs = new LinkedHashMap<>();

    private PromptResults(Path file, String batch) {
        this.file = file;
        this.batch = batch;
    }

    /**
     * A file of results: what it says of the same prompts is gone on with, another one is replaced.
     *
     * @param batch what the prompts are labelled with
     * @throws UnusableInput if there is a file that holds no results
     * @throws IOException if it can not be read
     */
    public static PromptResults open(Path file, String batch) throws IOException {
        var results = new PromptResults(file, batch);
        if (!Files.exists(file) || Files.size(file) == 0) return results;
        JsonNode document;
        try {
            document = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new UnusableInput(file + " is there, and holds no results: name another file, or remove it.");
        }
        if (!document.path("batch").isTextual() || !document.path("results").isArray())
            throw new UnusableInput(file + " is there, and holds no results: name another file, or remove it.");
        if (document.path("batch").asText().equals(batch))
            for (var entry : document.path("results")) {
                var run = run(entry);
                results.runs.put(run.id(), run);
            }
        return results;
    }

    /** How each prompt stands that anything is known of. */
    public Map<String, PromptRun> runs() {
        return Map.copyOf(runs);
    }

    /** Keeps how one stands. */
    public synchronized void keep(PromptRun run) {
        runs.put(run.id(), run);
        var whole = file.toAbsolutePath();
        var part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            if (whole.getParent() != null) Files.createDirectories(whole.getParent());
            Files.writeString(part, write(batch, runs.values()));
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document. */
    public static String write(String batch, Collection<PromptRun> runs) {
        var json = JsonNodeFactory.instance.objectNode().put("batch", batch);
        var used = runs.stream().map(PromptRun::used).reduce(Usage.NONE, Usage::plus);
        json.set("used", used(used));
        var results = json.putArray("results");
        for (var run : runs) results.add(json(run));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always writable", e);
        }
    }

    private static ObjectNode json(PromptRun run) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", run.id())
                .put("status", run.status().name().toLowerCase(Locale.ROOT))
                .put("attempt", run.attempt())
                .put("run_id", run.runId().orElse(null))
                .put("answer", run.answer())
                .put("summary", run.summary());
        run.links().forEach(json.putArray("links")::add);
        json.set("used", used(run.used()));
        return json.put("duration_ms", run.duration().toMillis())
                .put("error", run.error().orElse(null))
                .put("hint", run.hint().orElse(null));
    }

    private static ObjectNode used(Usage used) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cost_usd", BigDecimal.valueOf(used.costMicros(), 6))
                .put("input_tokens", used.inputTokens())
                .put("output_tokens", used.outputTokens());
    }

    private static PromptRun run(JsonNode json) {
        var used = json.path("used");
        return new PromptRun(
                json.path("id").asText(),
                PromptRun.Status.valueOf(json.path("status").asText("running").toUpperCase(Locale.ROOT)),
                Math.max(1, json.path("attempt").asInt(1)),
                text(json, "run_id"),
                json.path("answer").asText(""),
                json.path("summary").asText(""),
                links(json.path("links")),
                new Usage(
                        used.path("input_tokens").asLong(),
                        used.path("output_tokens").asLong(),
                        used.path("cost_usd").decimalValue().movePointRight(6).longValue()),
                Duration.ofMillis(json.path("duration_ms").asLong()),
                text(json, "error"),
                text(json, "hint"));
    }

    private static List<String> links(JsonNode links) {
        return StreamSupport.stream(links.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.path(name).isTextual() ? Optional.of(json.path(name).asText()) : Optional.empty();
    }
}
