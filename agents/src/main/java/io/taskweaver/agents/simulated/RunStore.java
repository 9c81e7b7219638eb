package io.taskweaver.agents.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.prompts.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** All runs, in order of creation, in memory and in the log. Ids count from 1. */
final class RunStore implements AutoCloseable {
    private final ObjectMapper json;
    private final Optional<RunLog> log;
    private final List<SimulatedRun> runs = new ArrayList<>();

    RunStore(SimulatorSettings settings, ObjectMapper json) throws IOException {
        this.json = json;
        this.log = settings.dataDirectory().isEmpty()
                ? Optional.empty()
                : Optional.of(new RunLog(settings.dataDirectory().get(), settings.flush(), json, this::replay));
    }

    private void replay(JsonNode line) {
        if (line.has("created")) {
            runs.add(run(
                    line.path("id").asLong(),
                    line.path("attempt").asText(),
                    line.path("metadata") instanceof ObjectNode metadata ? metadata : json.createObjectNode(),
                    line.path("created").asLong(),
                    new SimulatedBehaviour(
                            Duration.ofMillis(line.path("durationMillis").asLong()),
                            SimulatedBehaviour.Ending.valueOf(
                                    line.path("ending").asText()),
                            SimulatedBehaviour.CreationFault.NONE,
                            line.path("oddStatuses").asBoolean(),
                            false,
                            line.path("strays").asBoolean()),
                    line.path("answer").asText(),
                    line.has("remoteUrl")
                            ? Optional.of(new Delivery.OnRemote(
                                    line.path("remoteUrl").asText(),
                                    line.path("remoteBranch").asText()))
                            : Optional.empty()));
        } else if (line.has("resumed")) {
            change(
                    line.path("id").asLong(),
                    run -> run.resumedAt(line.path("resumed").asLong()));
        } else if (line.has("delivered")) {
            change(
                    line.path("delivered").asLong(),
                    run -> run.with(new SimulatedRun.Delivered(text(line.path("branch")), text(line.path("failure")))));
        } else if (line.has("banned")) {
            change(line.path("id").asLong(), SimulatedRun::stopped);
        }
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static SimulatedRun run(
            long id,
            String attempt,
            ObjectNode metadata,
            long created,
            SimulatedBehaviour fate,
            String answer,
            Optional<Delivery.OnRemote> remote) {
        return new SimulatedRun(
                id, attempt, metadata, created, created, fate, answer, remote, Optional.empty(), false, false);
    }

    synchronized SimulatedRun create(
            String attempt,
            ObjectNode metadata,
            long now,
            SimulatedBehaviour fate,
            String answer,
            Optional<Delivery.OnRemote> remote) {
        var run = run(runs.size() + 1L, attempt, metadata, now, fate, answer, remote);
        if (log.isPresent()) {
            ObjectNode line = json.createObjectNode()
                    .put("id", run.id())
                    .put("attempt", attempt)
                    .put("created", now)
                    .put("durationMillis", fate.duration().toMillis())
                    .put("ending", fate.ending().name())
                    .put("oddStatuses", fate.oddStatuses())
                    .put("strays", fate.strays())
                    .put("answer", answer);
            remote.ifPresent(place -> line.put("remoteUrl", place.url()).put("remoteBranch", place.branch()));
            log.get().append(line.set("metadata", metadata));
        }
        runs.add(run);
        return run;
    }

    synchronized Optional<SimulatedRun> resume(long id, long now) {
        return find(id).map(run -> {
            log.ifPresent(
                    open -> open.append(json.createObjectNode().put("id", id).put("resumed", now)));
            return change(id, before -> before.resumedAt(now));
        });
    }

    /** The branch of a run is pushed, or cannot be. */
    synchronized void deliver(long id, SimulatedRun.Delivered end) {
        log.ifPresent(open -> {
            var line = json.createObjectNode().put("delivered", id);
            end.branch().ifPresent(branch -> line.put("branch", branch));
            end.failure().ifPresent(failure -> line.put("failure", failure));
            open.append(line);
        });
        change(id, run -> run.with(end));
    }

    synchronized Optional<SimulatedRun> ban(long id, long now) {
        return find(id).map(run -> {
            if (run.isOverAt(now)) return run;
            log.ifPresent(
                    open -> open.append(json.createObjectNode().put("id", id).put("banned", now)));
            return change(id, SimulatedRun::stopped);
        });
    }

    private SimulatedRun change(long id, UnaryOperator<SimulatedRun> change) {
        var changed = change.apply(runs.get((int) id - 1));
        runs.set((int) id - 1, changed);
        return changed;
    }

    synchronized Optional<SimulatedRun> find(long id) {
        return id < 1 || id > runs.size() ? Optional.empty() : Optional.of(runs.get((int) id - 1));
    }

    synchronized int count() {
        return runs.size();
    }

    /** Runs from the newest. */
    synchronized List<SimulatedRun> newest(int skip, int limit) {
        int to = Math.max(0, runs.size() - Math.max(0, skip));
        int from = Math.max(0, to - Math.max(0, limit));
        return List.copyOf(runs.subList(from, to)).reversed();
    }

    /** Number of runs per attempt. */
    synchronized Map<String, Integer> creations() {
        var counts = new TreeMap<String, Integer>();
        runs.forEach(run -> counts.merge(run.attempt(), 1, Integer::sum));
        return counts;
    }

    @Override
    public void close() throws IOException {
        if (log.isPresent()) log.get().close();
    }
}
