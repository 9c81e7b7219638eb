package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the ready nodes comes first. The plain rule takes the longest path to the end; for a known number of slots a
 * bounded search looks for an order with a shorter makespan. Either way no slot idles while something is ready.
 */
final class DispatchOrder {
    private DispatchOrder() {}

    /** The plain rule for every node. */
    static void plain(PlanGraph graph) {
        for (var entry : graph.all()) entry.rank = 0;
    }

    /** The best order found for what is left; the plain rule if the plan is too large to search. */
    static void search(PlanGraph graph, int slots) {
        plain(graph);
        if (graph.all().size() > OrderSearch.MOST_TASKS) return;
        var left = new ArrayList<NodeState>();
        for (var entry : graph.all())
            if (!entry.state.satisfies() && entry.node.kind() != Task.Kind.RECONCILE) left.add(entry);
        left.sort(NodeState.LONGEST_PATH_FIRST);
        OrderSearch.ranks(workload(left), slots).ifPresent(ranks -> {
            for (int task = 0; task < ranks.length; task++) left.get(task).rank = ranks[task];
        });
        for (var entry : graph.all())
            if (entry.node.kind() == Task.Kind.RECONCILE)
                entry.node.standsFor().ifPresent(task -> entry.rank = graph.require(task).rank);
    }

    /** What runs counts with its whole estimate: how far it is, nobody says. What is being merged takes no time. */
    private static Workload workload(List<NodeState> left) {
        var numbers = HashMap.<NodeState, Integer>newHashMap(left.size());
        for (var entry : left) numbers.put(entry, numbers.size());
        int size = left.size();
        var minutes = new int[size];
        var slotless = new boolean[size];
        var started = new boolean[size];
        var dependents = new int[size][];
        for (int task = 0; task < size; task++) {
            var entry = left.get(task);
            boolean merging = entry.state instanceof TaskState.Unmerged;
            minutes[task] = merging ? 0 : entry.node.estimateMinutes();
            slotless[task] = merging || entry.node.kind() == Task.Kind.CONTRACT;
            started[task] = entry.state instanceof TaskState.Outstanding;
            dependents[task] = numbersOf(entry.dependents, numbers);
        }
        return new Workload(minutes, slotless, started, reversed(dependents), dependents);
    }

    private static int[] numbersOf(List<NodeState> entries, Map<NodeState, Integer> numbers) {
        return entries.stream()
                .filter(numbers::containsKey)
                .mapToInt(entry -> numbers.getOrDefault(entry, 0))
                .toArray();
    }

    private static int[][] reversed(int[][] edges) {
        var sources = new ArrayList<List<Integer>>(edges.length);
        for (int node = 0; node < edges.length; node++) sources.add(new ArrayList<>(2));
        for (int node = 0; node < edges.length; node++)
            for (int target : edges[node]) sources.get(target).add(node);
        return sources.stream()
                .map(those -> those.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }
}
