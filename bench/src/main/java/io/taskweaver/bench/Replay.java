package io.taskweaver.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.Node;
import io.taskweaver.scheduling.simulation.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the schedule that happens is the one that was simulated: graphs of {@link StandardTaskGraphs} through the running
 * system, each task taking its agent as many times so many milliseconds as its weight says, with as many slots as the
 * graph has processors. Prints a JSON line for each graph, {@code {bench, graph, tasks, processors, unit_ms, simulated, realised, lost_ms}}, where
 * makespans are divided by the best known, and {@code lost_ms} is by how much the realised one is longer, for each task on a
 * processor's part of the plan. The clock runs from the first start of a task to the plan's end.
 *
 * <p>Usage: {@code Replay PROJECT_FOLDER FOLDER [UNIT_MS [GRAPHS_OF_A_KIND]]}.
 */
public final class Replay {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Replay() {}

    private record Graph(StandardTaskGraphs.Instance instance, List<Node> nodes) {
        PlanId plan() {
            return new PlanId("stg-" + instance.file().replaceAll("[^a-z0-9]+", "-") + "-" + instance.processors());
        }
    }

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var project = Path.of(arguments[0]).toAbsolutePath();
        if (arguments.length < 2 || !new StandardTaskGraphs(Path.of(arguments[1])).exist()) {
            System.err.println(
                    "usage: bench/run replay FOLDER [UNIT_MS [GRAPHS_OF_A_KIND]] (a folder with optimal.csv)");
            System.exit(2);
        }
        var set = new StandardTaskGraphs(Path.of(arguments[1]));
        int unit = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        int ofAKind = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        var graphs = chosen(set, ofAKind);
        var durations = Files.createTempFile("durations-", ".txt");
        Files.write(durations, lines(graphs, unit));
        var environment =
                Map.of("TASKWEAVER_SIMULATOR_DURATIONS", durations.toString(), "TASKWEAVER_EXECUTOR_SLOTS", "16");
        try (var runtime = LocalSystem.up(project, environment);
                var taskWeaver = new TaskWeaver(runtime.connection(), InstantSource.system())) {
            // The first plans of a JVM tell how fast it gets warm.
            for (var graph : graphs) run(taskWeaver, graph, new PlanId(graph.plan() + "-warm"));
            for (var graph : graphs) System.out.println(json(graph, unit, run(taskWeaver, graph, graph.plan())));
        } finally {
            Files.delete(durations);
        }
    }

    private static List<Graph> chosen(StandardTaskGraphs set, int ofAKind) throws IOException {
        var kinds = new HashMap<String, Integer>();
        var graphs = new ArrayList<Graph>();
        for (var instance : set.instances()) {
            var nodes = set.read(instance);
            if (kinds.merge(nodes.size() + "/" + instance.processors(), 1, Integer::sum) <= ofAKind)
                graphs.add(new Graph(instance, nodes));
        }
        return graphs;
    }

    private static List<String> lines(List<Graph> graphs, int unit) {
        var lines = new HashSet<String>();
        for (var graph : graphs)
            for (var node : graph.nodes())
                for (var plan : List.of(graph.plan().value(), graph.plan() + "-warm"))
                    lines.add(plan + "/" + node.id() + " " + unit * node.estimateMinutes() + "ms");
        return List.copyOf(lines);
    }

    private static Duration run(TaskWeaver taskWeaver, Graph graph, PlanId id) throws IOException {
        var plan = new ListedPlan(id);
        for (var node : graph.nodes())
            plan.add(
                    node.id().value(),
                    node.estimateMinutes(),
                    node.needs().stream().map(TaskId::value).toList());
        var span = new Span();
        plan.run(taskWeaver, "simulated", graph.instance().processors(), span::on);
        return span.length();
    }

    private static ObjectNode json(Graph graph, int unit, Duration realised) {
        var minutes = new HashMap<TaskId, Long>();
        for (var node : graph.nodes()) minutes.put(node.id(), (long) node.estimateMinutes());
        int processors = graph.instance().processors();
        var simulated = Simulator.simulate(graph.plan(), graph.nodes(), processors, id -> minutes.getOrDefault(id, 0L));
        double best = graph.instance().best() * unit;
        double lost = realised.toMillis() - (double) simulated.makespan() * unit;
        return JSON.createObjectNode()
                .put("bench", "replay")
                .put("graph", graph.instance().file())
                .put("tasks", graph.nodes().size())
                .put("processors", processors)
                .put("unit_ms", unit)
                .put("simulated", BenchFigures.rounded(simulated.makespan() * unit / best))
                .put("realised", BenchFigures.rounded(realised.toMillis() / best))
                .put(
                        "lost_ms",
                        BenchFigures.rounded(lost * processors / graph.nodes().size()));
    }

    /** From the first start of a task to the plan's end. */
    private static final class Span {
        private @Nullable Instant first;
        private @Nullable Instant ended;

        void on(Event event) {
            if (event instanceof PlanEvent.TaskStarted
                    && (first == null || event.at().isBefore(first))) first = event.at();
            if (event instanceof PlanEvent.End) ended = event.at();
        }

        Duration length() {
            if (first == null || ended == null) throw new IllegalStateException("the plan's begin or end was not seen");
            return Duration.between(first, ended);
        }
    }
}
