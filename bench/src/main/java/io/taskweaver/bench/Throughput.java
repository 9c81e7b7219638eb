package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.agents.IdleAgent;
import io.taskweaver.client.PlanEvent;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.domain.plan.PlanId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the system itself costs: plans of three shapes for an agent that does nothing, at once, isolated contexts and merging
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
                "TASKWEAVER_AGENT_IDLE_ENABLED",
                "true",
                "TASKWEAVER_EXECUTOR_SLOTS",
                System.getenv().getOrDefault("TASKWEAVER_EXECUTOR_SLOTS", "64"));
        try (var runtime = LocalSystem.up(project, environment);
                var taskWeaver = new TaskWeaver(runtime.connection(), InstantSource.system())) {
            for (int round = 1; round <= rounds; round++)
                for (var shape : Shape.values()) System.out.println(run(runtime, taskWeaver, shape, round));
        }
    }

    private static ObjectNode run(LocalSystem runtime, TaskWeaver taskWeaver, Shape shape, int round)
            throws IOException {
        var span = new Span();
        shape.plan(new PlanId("bench-" + shape.label() + "-" + round)).run(taskWeaver, IdleAgent.NAME, 0, span::on);
        double seconds = span.length().toNanos() / 1e9;
        return JSON.createObjectNode()
                .put("system", "taskweaver")
                .put("shape", shape.label())
                .put("n", shape.size())
                .put("round", round)
                .put("wall_s", rounded(seconds))
                .put("tasks_per_s", rounded(shape.size() / seconds))
                .put("per_hop_ms", rounded(seconds * 1e3 / shape.hops()))
                .put("rss_mb", runtime.residentMegabytes())
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

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
