package io.taskweaver.client.execute;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.model.Usage;
import io.taskweaver.requirements.tasks.TaskStatus;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.wire.json.ModelJson;
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
import java.util.Map;
import java.util.Optional;

/** The state of prompts, as a JSON file that is complete at any time. */
public final class PromptResults {
    private final Path file;
    private final String batch;
    private final Map<String, PromptRun> runs = new LinkedHashMap<>();

    private PromptResults(Path file, String batch) {
        this.file = file;
        this.batch = batch;
    }

    private record Used(BigDecimal costUsd, long inputTokens, long outputTokens) {
        static Used of(Usage usage) {
            return new Used(BigDecimal.valueOf(usage.costMicros(), 6), usage.inputTokens(), usage.outputTokens());
        }

        Usage usage() {
            return new Usage(
                    inputTokens, outputTokens, costUsd.movePointRight(6).longValue());
        }
    }

    /** A run as the file has it. */
    private record Entry(
            String id,
            PromptRun.Status status,
            int attempt,
            Optional<String> runId,
            String answer,
            String summary,
            List<String> links,
            Used used,
            long durationMs,
            Optional<String> error,
            Optional<String> hint) {
        static Entry of(PromptRun run) {
            return new Entry(
                    run.id(),
                    run.status(),
                    run.attempt(),
                    run.runId(),
                    run.answer(),
                    run.summary(),
                    run.links(),
                    Used.of(run.used()),
                    run.duration().toMillis(),
                    run.error(),
                    run.hint());
        }

        PromptRun run() {
            return new PromptRun(
                    id,
                    status,
                    Math.max(1, attempt),
                    runId,
                    answer,
                    summary,
                    links,
                    used.usage(),
                    Duration.ofMillis(durationMs),
                    error,
                    hint);
        }
    }

    /**
     * A file of results. Results of the same prompts are continued, those of others are replaced.
     *
     * @param batch what the prompts are labelled with
     * @throws InvalidInput if the file exists and contains no results
     * @throws IOException if it cannot be read
     */
    public static PromptResults open(Path file, String batch) throws IOException {
        var results = new PromptResults(file, batch);
        if (!Files.exists(file) || Files.size(file) == 0) return results;
        try {
            var document = ModelJson.DOCUMENTS.readTree(Files.readString(file));
            if (!document.path("batch").isTextual() || !document.path("results").isArray()) throw noResults(file);
            if (document.path("batch").asText().equals(batch))
                for (var entry : document.path("results")) results.add(entry);
            return results;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw noResults(file);
        }
    }

    private void add(JsonNode entry) {
        var run = ModelJson.read(ModelJson.DOCUMENTS, entry, Entry.class).run();
        runs.put(run.id(), run);
    }

    private static InvalidInput noResults(Path file) {
        return new InvalidInput(file + " exists and contains no results: name another file, or remove it.");
    }

    /** The state of each prompt that anything is known of. */
    public Map<String, PromptRun> runs() {
        return Map.copyOf(runs);
    }

    /** Saves the state of one. */
    public synchronized void keep(PromptRun run) {
        runs.put(run.id(), run);
        save(write(batch, runs.values(), Optional.empty()));
    }

    /**
     * Saves the final document.
     *
     * @param source document that the prompts come from
     */
    public synchronized void finish(Collection<PromptRun> ended, Optional<ObjectNode> source) {
        save(write(batch, ended, source));
    }

    private void save(String document) {
        var whole = file.toAbsolutePath();
        var part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            if (whole.getParent() != null) Files.createDirectories(whole.getParent());
            Files.writeString(part, document);
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The document.
     *
     * @param source document that the prompts come from; its tasks are included with the state of their prompts, so that
     *     it is a task list of what is left to do
     */
    public static String write(String batch, Collection<PromptRun> runs, Optional<ObjectNode> source) {
        var json = source.map(ObjectNode::deepCopy).orElseGet(JsonNodeFactory.instance::objectNode);
        json.remove("queries");
        json.put("batch", batch);
        json.set("used", tree(Used.of(runs.stream().map(PromptRun::used).reduce(Usage.NONE, Usage::plus))));
        var results = json.putArray("results");
        var byId = new LinkedHashMap<String, PromptRun>();
        for (var run : runs) {
            results.add(tree(Entry.of(run)));
            byId.put(run.id(), run);
        }
        for (var task : json.path("tasks")) {
            var run = byId.get(task.path("id").asText());
            if (run != null && task instanceof ObjectNode fields)
                fields.put("status", status(run).word()).put("state", stage(run).word());
        }
        return ModelJson.document(json);
    }

    private static TaskStatus status(PromptRun run) {
        return switch (run.status()) {
            case RUNNING -> TaskStatus.IN_PROGRESS;
            case COMPLETED -> TaskStatus.DONE;
            case FAILED -> TaskStatus.FAILED;
        };
    }

    private static TaskStage stage(PromptRun run) {
        return switch (run.status()) {
            case RUNNING -> TaskStage.RUNNING;
            case COMPLETED -> TaskStage.DONE;
            case FAILED -> TaskStage.FAILED;
        };
    }

    private static JsonNode tree(Object value) {
        return ModelJson.DOCUMENTS.valueToTree(value);
    }
}
