package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the system itself costs: plans of three shapes for an agent that does nothing, at once, isolated contexts and merging
 * included, over the embedded broker and registry. Prints one JSON object per line: {@code {system, shape, n, round, wall_s,
 * tasks_per_s, per_hop_ms, cpu_ms_per_task, records_per_task, requests_per_task, rss_mb, durable}}, then one of the runtime with
 * nothing to do: {@code {system, shape: "idle", wall_s, cpu_ms_per_s, records_per_s, requests_per_s, rss_mb}}. The clock runs
 * from the plan's creation to its completion. Records are counted by topic and requests by kind, see {@link BrokerCounters};
 * {@code all} is their sum.
 *
 * <p>{@code ROUNDS} rounds of each shape against one runtime: the first is cold, the last is warm. Usage: {@code Throughput
 * PROJECT_FOLDER [ROUNDS]}.
 */
public final class Throughput {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration IDLE = Duration.ofSeconds(10);

    private Throughput() {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var project = Path.of(arguments[0]).toAbsolutePath();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var environment = Map.of(
                "TASKWEAVER_AGENT_IDLE_ENABLED",
                "true",
                "TASKWEAVER_EXECUTOR_SLOTS",
                System.getenv().getOrDefault("TASKWEAVER_EXECUTOR_SLOTS", "64"));
        try (var runtime = LocalSystem.up(project, environment);
                var meter = new PlanMeter(runtime.connection(), runtime.process())) {
            for (int round = 1; round <= rounds; round++)
                for (var shape : Shape.values()) System.out.println(run(runtime, meter, shape, round));
            System.out.println(idle(runtime, meter));
        }
    }

    private static ObjectNode run(LocalSystem runtime, PlanMeter meter, Shape shape, int round) throws IOException {
        var cost = meter.run(new PlanId("bench-" + shape.label() + "-" + round), shape);
        double seconds = BenchFigures.seconds(cost.wall());
        var line = JSON.createObjectNode()
                .put("system", "taskweaver")
                .put("shape", shape.label())
                .put("n", shape.size())
                .put("round", round)
                .put("wall_s", BenchFigures.rounded(seconds))
                .put("tasks_per_s", BenchFigures.rounded(shape.size() / seconds))
                .put("per_hop_ms", BenchFigures.rounded(seconds * 1e3 / shape.hops()))
                .put(
                        "cpu_ms_per_task",
                        BenchFigures.rounded(BenchFigures.seconds(cost.processor()) * 1e3 / shape.size()));
        line.set("records_per_task", shares(cost.counters().records(), shape.size()));
        line.set("requests_per_task", shares(cost.counters().requests(), shape.size()));
        return line.put("rss_mb", runtime.residentMegabytes()).put("durable", true);
    }

    private static ObjectNode idle(LocalSystem runtime, PlanMeter meter) throws IOException {
        var cost = meter.idle(IDLE);
        double seconds = BenchFigures.seconds(cost.wall());
        var line = JSON.createObjectNode()
                .put("system", "taskweaver")
                .put("shape", "idle")
                .put("wall_s", BenchFigures.rounded(seconds))
                .put("cpu_ms_per_s", BenchFigures.rounded(BenchFigures.seconds(cost.processor()) * 1e3 / seconds));
        line.set("records_per_s", shares(cost.counters().records(), seconds));
        line.set("requests_per_s", shares(cost.counters().requests(), seconds));
        return line.put("rss_mb", runtime.residentMegabytes());
    }

    /** Each count divided, those of any size by name, the largest first. */
    private static ObjectNode shares(Map<String, Long> counts, double by) {
        var node = JSON.createObjectNode();
        node.put(
                "all",
                BenchFigures.rounded(
                        counts.values().stream().mapToLong(Long::longValue).sum() / by));
        counts.entrySet().stream()
                .filter(count -> count.getValue() / by >= 0.005)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(count -> node.put(count.getKey(), BenchFigures.rounded(count.getValue() / by)));
        return node;
    }
}
