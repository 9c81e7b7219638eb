package io.taskweaver.scheduling.planning;

import io.taskweaver.model.effort.Effort;
import io.taskweaver.scheduling.graph.StronglyConnectedComponents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** A directed graph over the nodes 0..n-1; an edge leads from a node to what it needs. */
final class NeedGraph {
    private static final int MOST_STARTS = 300;
    /** Nodes of a component, once for each start: of a large one fewer starts are tried, and a short cycle may be missed. */
    private static final int MOST_LOOKED_AT = 1_000_000;

    private final int[][] needs;
    private final int[][] dependents;

    /** @param needs for each node, the nodes that it needs */
    NeedGraph(List<int[]> needs) {
        this.needs = needs.toArray(int[][]::new);
        int size = this.needs.length;
        var degrees = new int[size];
        for (var on : this.needs) for (int need : on) degrees[need]++;
        dependents = new int[size][];
        for (int node = 0; node < size; node++) dependents[node] = new int[degrees[node]];
        Arrays.fill(degrees, 0);
        for (int node = 0; node < size; node++)
            for (int need : this.needs[node]) dependents[need][degrees[need]++] = node;
    }

    int size() {
        return needs.length;
    }

    int[] dependents(int node) {
        return dependents[node];
    }

    /** All nodes, each after what it needs, lowest number first where there is a choice; nodes of cycles are left out. */
    int[] order() {
        var open = new int[size()];
        var ready = new PriorityQueue<Integer>();
        for (int node = 0; node < size(); node++) {
            open[node] = needs[node].length;
            if (open[node] == 0) ready.add(node);
        }
        var order = new int[size()];
        int count = 0;
        while (!ready.isEmpty()) {
            int node = ready.remove();
            order[count++] = node;
            for (int dependent : dependents[node]) if (--open[dependent] == 0) ready.add(dependent);
        }
        return Arrays.copyOf(order, count);
    }

    /**
     * One shortest cycle for each strongly connected component that has one, in the order of their lowest node: a needs b
     * needs ... needs a.
     */
    List<List<Integer>> cycles() {
        if (order().length == size()) return List.of();
        var componentOf = StronglyConnectedComponents.of(needs);
        var components = new TreeMap<Integer, List<Integer>>();
        for (int node = 0; node < size(); node++)
            components
                    .computeIfAbsent(componentOf[node], number -> new ArrayList<>())
                    .add(node);
        return components.values().stream()
                .filter(nodes -> nodes.size() > 1 || needsItself(nodes.getFirst()))
                .map(nodes -> shortest(nodes, componentOf))
                .sorted(Comparator.comparing(List::getFirst))
                .toList();
    }

    private List<Integer> shortest(List<Integer> component, int[] componentOf) {
        List<Integer> best = List.of();
        int starts = Math.clamp(MOST_LOOKED_AT / component.size(), 1, MOST_STARTS);
        for (int start : component.subList(0, Math.min(component.size(), starts))) {
            var cycle = shortestThrough(start, componentOf, best.isEmpty() ? Integer.MAX_VALUE : best.size());
            if (!cycle.isEmpty() && (best.isEmpty() || cycle.size() < best.size())) best = cycle;
            if (best.size() == 1) break;
        }
        return best;
    }

    private List<Integer> shortestThrough(int start, int[] componentOf, int below) {
        var parent = new java.util.HashMap<Integer, Integer>();
        var depth = new java.util.HashMap<Integer, Integer>();
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        depth.put(start, 1);
        while (!queue.isEmpty()) {
            int node = queue.remove();
            int length = depth.getOrDefault(node, 1);
            Effort.step();
            if (length >= below) break;
            for (int need : needs[node]) {
                if (need == start) return path(start, node, parent);
                if (componentOf[need] == componentOf[start] && depth.putIfAbsent(need, length + 1) == null) {
                    parent.put(need, node);
                    queue.add(need);
                }
            }
        }
        return List.of();
    }

    private static List<Integer> path(int start, int last, java.util.Map<Integer, Integer> parent) {
        var path = new ArrayDeque<Integer>();
        for (int node = last; node != start; node = parent.getOrDefault(node, start)) path.push(node);
        path.push(start);
        return List.copyOf(path);
    }

    private boolean needsItself(int node) {
        return Arrays.stream(needs[node]).anyMatch(need -> need == node);
    }

    /** How many nodes wait for a node, directly or not. */
    int waiting(int node) {
        var seen = new boolean[size()];
        var queue = new ArrayDeque<Integer>();
        queue.add(node);
        seen[node] = true;
        int count = 0;
        while (!queue.isEmpty()) {
            for (int dependent : dependents[queue.remove()]) {
                if (seen[dependent]) continue;
                seen[dependent] = true;
                count++;
                queue.add(dependent);
            }
        }
        return count;
    }

    /**
     * The longest path, first to last, over nodes with a weight above 0.
     *
     * @param order as {@link #order}
     */
    List<Integer> longestPath(int[] order, int[] weights) {
        var length = new long[size()];
        var before = new int[size()];
        int last = -1;
        for (int node : order) {
            before[node] = -1;
            long most = 0;
            for (int need : needs[node]) {
                if (length[need] > most) {
                    most = length[need];
                    before[node] = need;
                }
            }
            length[node] = most + weights[node];
            if (length[node] > 0 && (last < 0 || length[node] > length[last])) last = node;
        }
        var path = new ArrayDeque<Integer>();
        for (int node = last; node >= 0; node = before[node]) if (weights[node] > 0) path.push(node);
        return List.copyOf(path);
    }
}
