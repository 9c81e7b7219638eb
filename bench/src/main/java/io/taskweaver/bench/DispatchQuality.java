package io.taskweaver.bench;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.Node;
import io.taskweaver.scheduling.simulation.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * How good the order of dispatch is: {@link StandardTaskGraphs} through the scheduler that runs plans. Makespans are divided
 * by the optimal one, or the best known where no optimum is proven. Prints a JSON line for each number of tasks and processors, and one for all: {@code {bench, tasks, processors, graphs, mean,
 * worst, wrong_mean, wrong_worst, plain_mean, plain_worst, plain_wrong_mean, decide_ms, decide_worst_ms}}. {@code wrong}: estimates that are
 * wrong by up to a factor of two either way; {@code plain}: the longest path first; {@code decide}: all decisions of a
 * graph's run together.
 *
 * <p>Usage: {@code DispatchQuality FOLDER}, with the graphs below and {@code optimal.csv} in it.
 */
public final class DispatchQuality {
    private static final PlanId PLAN = new PlanId("stg");

    /** Estimates are whole numbers: fine enough that being wrong by a tenth shows. */
    private static final int UNITS = 100;

    private static final int SEEDS = 5;

    /** All groups together. */
    private static final String ALL = "\"tasks\":\"all\",\"processors\":\"all\"";

    private DispatchQuality() {}

    /** Figures of one group of graphs. */
    private static final class Group {
        final DoubleSummaryStatistics right = new DoubleSummaryStatistics();
        final DoubleSummaryStatistics wrong = new DoubleSummaryStatistics();
        final DoubleSummaryStatistics wrongPlain = new DoubleSummaryStatistics();
        final DoubleSummaryStatistics plain = new DoubleSummaryStatistics();
        final DoubleSummaryStatistics millis = new DoubleSummaryStatistics();
    }

    /** Entry point. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || !new StandardTaskGraphs(Path.of(arguments[0])).exist()) {
            System.err.println("usage: bench/run stg FOLDER (a folder with optimal.csv and the graphs that it names)");
            System.exit(2);
        }
        var graphs = new StandardTaskGraphs(Path.of(arguments[0]));
        measure(graphs); // The first time is the JVM's.
        var groups = measure(graphs);
        var all = groups.remove(ALL);
        groups.forEach(DispatchQuality::print);
        if (all != null) print(ALL, all);
    }

    private static void print(String name, Group group) {
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"stg\",%s,\"graphs\":%d,\"mean\":%.4f,\"worst\":%.4f,\"wrong_mean\":%.4f,\"wrong_worst\":%.4f,"
                        + "\"plain_mean\":%.4f,\"plain_worst\":%.4f,\"plain_wrong_mean\":%.4f,\"decide_ms\":%.1f,\"decide_worst_ms\":%.1f}%n",
                name,
                group.right.getCount(),
                group.right.getAverage(),
                group.right.getMax(),
                group.wrong.getAverage(),
                group.wrong.getMax(),
                group.plain.getAverage(),
                group.plain.getMax(),
                group.wrongPlain.getAverage(),
                group.millis.getAverage(),
                group.millis.getMax());
    }

    private static Map<String, Group> measure(StandardTaskGraphs graphs) throws IOException {
        var groups = new TreeMap<String, Group>();
        for (var instance : graphs.instances()) {
            var nodes = graphs.read(instance);
            var name =
                    String.format(Locale.ROOT, "\"tasks\":%3d,\"processors\":%2d", nodes.size(), instance.processors());
            var group = groups.computeIfAbsent(name, key -> new Group());
            add(
                    List.of(group, groups.computeIfAbsent(ALL, key -> new Group())),
                    nodes,
                    instance.processors(),
                    instance.best());
        }
        return groups;
    }

    private static void add(List<Group> groups, List<Node> nodes, int processors, double best) {
        var durations = durations(nodes);
        long start = System.nanoTime();
        var right = Simulator.simulate(PLAN, nodes, processors, id -> durations.getOrDefault(id, 0L));
        double millis = (System.nanoTime() - start) / 1e6;
        for (var group : groups) {
            group.millis.accept(millis);
            group.right.accept(right.makespan() / best);
            group.plain.accept(longestPathFirst(nodes, processors, durations) / best);
        }
        for (int seed = 0; seed < SEEDS; seed++) {
            var misjudged = misjudged(nodes, seed);
            var wrong = Simulator.simulate(PLAN, misjudged, processors, id -> UNITS * durations.getOrDefault(id, 0L));
            for (var group : groups) {
                group.wrong.accept(wrong.makespan() / (UNITS * best));
                group.wrongPlain.accept(longestPathFirst(misjudged, processors, durations) / best);
            }
        }
    }

    private static Map<TaskId, Long> durations(List<Node> nodes) {
        var durations = new HashMap<TaskId, Long>();
        for (var node : nodes) durations.put(node.id(), (long) node.estimateMinutes());
        return durations;
    }

    /** The same nodes with estimates between half and twice what is true, evenly by their logarithm. */
    private static List<Node> misjudged(List<Node> nodes, int seed) {
        var random = new SplittableRandom(seed);
        return nodes.stream()
                .map(node -> new Node(
                        node.id(),
                        node.kind(),
                        (int) Math.round(UNITS * node.estimateMinutes() * Math.pow(2, random.nextDouble(-1, 1))),
                        node.needs(),
                        false,
                        Optional.empty(),
                        Set.of()))
                .toList();
    }

    /**
     * The plain rule, to compare with: of what is ready, that from which the longest path leads to the end.
     *
     * @param nodes with the estimates that decide
     * @param durations what they really take
     */
    private static double longestPathFirst(List<Node> nodes, int processors, Map<TaskId, Long> durations) {
        var numbers = new HashMap<TaskId, Integer>();
        for (var node : nodes) numbers.put(node.id(), numbers.size());
        var dependents = new ArrayList<List<Integer>>();
        for (int i = 0; i < nodes.size(); i++) dependents.add(new ArrayList<>());
        var open = new int[nodes.size()];
        for (var node : nodes)
            for (var need : node.needs()) {
                int own = numbers.getOrDefault(node.id(), -1);
                dependents.get(numbers.getOrDefault(need, -1)).add(own);
                open[own]++;
            }
        var path = new long[nodes.size()];
        for (int node = nodes.size() - 1; node >= 0; node--) {
            for (int dependent : dependents.get(node)) path[node] = Math.max(path[node], path[dependent]);
            path[node] += nodes.get(node).estimateMinutes();
        }
        var ready = new PriorityQueue<Integer>(
                Comparator.<Integer>comparingLong(node -> -path[node]).thenComparing(node -> node));
        var running = new PriorityQueue<long[]>(Comparator.comparingLong(run -> run[0]));
        for (int node = 0; node < open.length; node++) if (open[node] == 0) ready.add(node);
        long now = 0;
        while (!ready.isEmpty() || !running.isEmpty()) {
            while (!ready.isEmpty() && running.size() < processors) {
                int node = ready.remove();
                running.add(new long[] {
                    now + durations.getOrDefault(nodes.get(node).id(), 0L), node
                });
            }
            now = running.element()[0];
            while (!running.isEmpty() && running.element()[0] == now)
                for (int dependent : dependents.get((int) running.remove()[1]))
                    if (--open[dependent] == 0) ready.add(dependent);
        }
        return now;
    }
}
