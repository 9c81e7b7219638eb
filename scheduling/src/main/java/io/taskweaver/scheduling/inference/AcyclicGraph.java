package io.taskweaver.scheduling.inference;

import io.taskweaver.model.effort.Effort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A graph that takes no edge that would close a circle: keeps an order of the nodes and mends it at each edge (Pearce and
 * Kelly 2006), so that only nodes between the two ends are looked at.
 */
public final class AcyclicGraph {
    /** Edges that may be followed to keep the order, for each node. */
    private static final long MOST_LOOKS = 500;

    private final int[] place;
    private final List<List<Integer>> needs = new ArrayList<>();
    private final List<List<Integer>> neededBy = new ArrayList<>();
    private long looks;

    /** A graph of so many nodes and no edge. */
    public AcyclicGraph(int size) {
        place = new int[size];
        for (int node = 0; node < size; node++) {
            place[node] = node;
            needs.add(List.of());
            neededBy.add(List.of());
        }
    }

    /**
     * A graph with edges that form no circle. Its nodes are put in order once, each after what it needs, which takes time
     * that grows with the edges; one by one they could take its square.
     *
     * @param edges for each node, what it needs
     */
    public static AcyclicGraph of(List<? extends Collection<Integer>> edges) {
        var graph = new AcyclicGraph(edges.size());
        var open = new int[edges.size()];
        var next = new PriorityQueue<Integer>();
        for (int node = 0; node < open.length; node++) {
            for (int on : edges.get(node)) {
                Effort.step();
                if (on == node) continue;
                graph.link(node, on);
                open[node]++;
            }
            if (open[node] == 0) next.add(node);
        }
        int placed = 0;
        while (!next.isEmpty()) {
            int node = next.remove();
            graph.place[node] = placed++;
            for (int by : graph.neededBy.get(node)) if (--open[by] == 0) next.add(by);
        }
        if (placed < open.length) throw new IllegalArgumentException("the edges form a circle");
        return graph;
    }

    /**
     * Whether the edge was taken: {@code of} needs {@code on}. It is not if it would close a circle, nor, once mending the
     * order has taken long for the size of the graph, if it would have to be mended again.
     */
    public boolean add(int of, int on) {
        if (of == on) return false;
        if (place[on] > place[of]) {
            if (looks > MOST_LOOKS * (place.length + 1L)) return false;
            var below = reach(on, needs, place[of], -1);
            if (below.contains(of)) return false;
            mend(List.copyOf(below), List.copyOf(reach(of, neededBy, -1, place[on])));
        }
        link(of, on);
        return true;
    }

    private void link(int of, int on) {
        needs.set(of, with(needs.get(of), on));
        neededBy.set(on, with(neededBy.get(on), of));
    }

    private static List<Integer> with(List<Integer> list, int node) {
        var more = list.isEmpty() ? new ArrayList<Integer>() : list;
        more.add(node);
        return more;
    }

    /** Nodes that are reached from one, itself included, whose place is between the bounds; a bound of -1 is none. */
    private Set<Integer> reach(int from, List<List<Integer>> edges, int least, int most) {
        var seen = new LinkedHashSet<Integer>();
        var queue = new ArrayDeque<Integer>();
        queue.add(from);
        seen.add(from);
        while (!queue.isEmpty())
            for (int next : edges.get(queue.remove())) {
                Effort.step();
                looks++;
                if (place[next] >= least && (most < 0 || place[next] <= most) && seen.add(next)) queue.add(next);
            }
        return seen;
    }

    /** Gives the needed ones the first of the places of both, the others the rest, each in their old order. */
    private void mend(List<Integer> needed, List<Integer> needing) {
        var nodes = new ArrayList<>(needed);
        nodes.sort((a, b) -> place[a] - place[b]);
        var after = new ArrayList<>(needing);
        after.sort((a, b) -> place[a] - place[b]);
        nodes.addAll(after);
        var places = nodes.stream().mapToInt(node -> place[node]).toArray();
        Arrays.sort(places);
        for (int i = 0; i < places.length; i++) place[nodes.get(i)] = places[i];
    }
}
