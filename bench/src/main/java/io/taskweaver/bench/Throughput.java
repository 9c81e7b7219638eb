package io.taskweaver.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.Connection;
import io.taskweaver.client.PlanEnd;
import io.taskweaver.client.PlanEvent;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the system itself costs: plans of three shapes whose tasks an agent answers at once, isolated contexts and merging
 * included, over the embedded broker and registry. Prints one JSON object per line: {@code {system, shape, n, round, wall_s,
 * tasks_per_s, per_hop_ms, rss_mb, durable}}. The clock runs from the plan's creation to its completion.
 *
 * <p>{@code ROUNDS} rounds of each shape against one runtime: the first is cold, the last is warm. Usage: {@code Throughput
 * PROJECT_FOLDER [ROUNDS]}.
 */
public final class Throughput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path project;
    private final Path dir;

    private Throughput(Path project, Path dir) {
        this.project = project;
        this.dir = dir;
    }

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var project = Path.of(arguments[0]).toAbsolutePath();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var dir = Files.createTempDirectory("taskweaver-bench-");
        var bench = new Throughput(project, dir);
        bench.taskweaver("up");
        try {
            bench.measure(JSON.readTree(dir.resolve(".taskweaver/runtime.json").toFile()), rounds);
        } finally {
            bench.taskweaver("down");
            delete(dir);
        }
    }

    private void measure(JsonNode runtime, int rounds) {
        var connection = new Connection(
                runtime.path("bootstrap").asText(),
                runtime.path("registry").asText(),
                runtime.path("http").asText(),
                "",
                Map.of());
        try (var taskWeaver = new TaskWeaver(connection, InstantSource.system())) {
            for (int round = 1; round <= rounds; round++)
                for (var shape : Shape.values())
                    System.out.println(
                            run(taskWeaver, shape, round, runtime.path("pid").asLong()));
        }
    }

    private static ObjectNode run(TaskWeaver taskWeaver, Shape shape, int round, long pid) {
        var plan = new PlanId("bench-" + shape.label() + "-" + round);
        taskWeaver.submit(new Submission(
                plan,
                List.of(new Document("REQUIREMENTS.md", shape.document("Measure " + shape.label() + " " + round))),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT));
        var span = new Span();
        var view = taskWeaver.follow(plan, (event, soFar) -> span.on(event));
        var end = view.end().orElseThrow(() -> new IllegalStateException(plan + " did not end"));
        if (!(end.end() instanceof PlanEnd.Completed)) throw new IllegalStateException(plan + " ended as " + end.end());

        double seconds = span.length().toNanos() / 1e9;
        return JSON.createObjectNode()
                .put("system", "taskweaver")
                .put("shape", shape.label())
                .put("n", shape.size())
                .put("round", round)
                .put("wall_s", rounded(seconds))
                .put("tasks_per_s", rounded(shape.size() / seconds))
                .put("per_hop_ms", rounded(seconds * 1e3 / shape.hops()))
                .put("rss_mb", residentMegabytes(pid))
                .put("durable", true);
    }

    /** From the plan's creation to its end. */
    private static final class Span {
        private @Nullable Instant created;
        private @Nullable Instant ended;

        void on(PlanEvent event) {
            if (event instanceof PlanEvent.Created) created = event.at();
            if (event instanceof PlanEvent.Ended) ended = event.at();
        }

        Duration length() {
            if (created == null || ended == null)
                throw new IllegalStateException("the plan's creation or end was not seen");
            return Duration.between(created, ended);
        }
    }

    /** Resident memory of the runtime and its children, MiB (1024 x 1024 bytes), as the kernel counts it. */
    private static long residentMegabytes(long pid) {
        var root = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(root), root.descendants())
                        .mapToLong(process -> residentKilobytes(process.pid()))
                        .sum()
                / 1024;
    }

    private static long residentKilobytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0; // not Linux, or the process has just ended
        }
    }

    private void taskweaver(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(project.resolve("taskweaver").toString(), command)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve(command + ".log").toFile());
        builder.environment().put("TASKWEAVER_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TASKWEAVER_SIMULATOR_MIN_DURATION", "PT0S");
        builder.environment().put("TASKWEAVER_SIMULATOR_MAX_DURATION", "PT0S");
        builder.environment().putIfAbsent("TASKWEAVER_EXECUTOR_SLOTS", "64");
        int code = builder.start().waitFor();
        if (code != 0)
            throw new IllegalStateException(
                    command + " ended with " + code + ": " + Files.readString(dir.resolve(command + ".log")));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private static void delete(Path dir) throws IOException {
        try (var walk = Files.walk(dir)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
