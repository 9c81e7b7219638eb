package io.taskweaver.reports.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The transitive reduction of a graph without cycles: the fewest edges with the same reachability (Aho, Garey and
 * Ullman, 1972). Edges of the critical path stay.
 */
final class Reduction {
    /** Each node gets a set of all that it reaches, so memory grows with the square. */
    private static final int MOST_NODES = 10_000;

    private Reduction() {}

    /** @param edges over the nodes 0..size-1; a graph with cycles or too many nodes is left as it is */
    static List<Picture.Edge> of(int size, List<Picture.Edge> edges) {
        if (size > MOST_NODES) return edges;
        var in = new ArrayList<List<Picture.Edge>>();
        for (int node = 0; node < size; node++) in.add(new ArrayList<>());
        for (var edge : edges) in.get(edge.to()).add(edge);
        var order = order(size, edges, in);
        if (order.size() < size) return edges;
        var position = new int[size];
        for (int i = 0; i < size; i++) position[order.get(i)] = i;
        var behind = new BitSet[size];
        var kept = new ArrayList<Picture.Edge>();
        for (int node : order) {
            var reached = new BitSet(size);
            // Latest first: what a nearer node needs already is implied.
            var needs = new ArrayList<>(in.get(node));
            needs.sort((a, b) -> position[b.from()] - position[a.from()]);
            for (var need : needs) {
                if (!reached.get(need.from()) || need.critical()) kept.add(need);
                reached.or(behind[need.from()]);
                reached.set(need.from());
            }
            behind[node] = reached;
        }
        kept.sort(java.util.Comparator.comparingInt(Picture.Edge::from).thenComparingInt(Picture.Edge::to));
        return kept;
    }

    private static List<Integer> order(int size, List<Picture.Edge> edges, List<List<Picture.Edge>> in) {
        var out = new ArrayList<List<Integer>>();
        for (int node = 0; node < size; node++) out.add(new ArrayList<>());
        for (var edge : edges) out.get(edge.from()).add(edge.to());
        var open = new int[size];
        var ready = new ArrayDeque<Integer>();
        for (int node = 0; node < size; node++) {
            open[node] = in.get(node).size();
            if (open[node] == 0) ready.add(node);
        }
        var order = new ArrayList<Integer>();
        while (!ready.isEmpty()) {
            int node = ready.remove();
            order.add(node);
            for (int next : out.get(node)) if (--open[next] == 0) ready.add(next);
        }
        return order;
    }
}
