package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    private Throughput() {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var project = Path.of(arguments[0]).toAbsolutePath();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var environment = Map.of(
                "TASKWEAVER_SIMULATOR_MIN_DURATION", "PT0S",
                "TASKWEAVER_SIMULATOR_MAX_DURATION", "PT0S",
                "TASKWEAVER_EXECUTOR_SLOTS", System.getenv().getOrDefault("TASKWEAVER_EXECUTOR_SLOTS", "64"));
        try (var runtime = LocalSystem.up(project, environment);
                var taskWeaver = new TaskWeaver(runtime.connection(), InstantSource.system())) {
            long pid = runtime.file().path("pid").asLong();
            for (int round = 1; round <= rounds; round++)
                for (var shape : Shape.values()) System.out.println(run(taskWeaver, shape, round, pid));
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

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
