package io.taskweaver.domain.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A graph that takes no edge that would close a circle: keeps an order of the nodes and mends it at each edge (Pearce and
 * Kelly 2006), so that only nodes between the two ends are looked at.
 */
public final class Acyclic {
    private final int[] place;
    private final List<List<Integer>> needs = new ArrayList<>();
    private final List<List<Integer>> neededBy = new ArrayList<>();

    /** A graph of so many nodes and no edge. */
    public Acyclic(int size) {
        place = new int[size];
        for (int node = 0; node < size; node++) {
            place[node] = node;
            needs.add(List.of());
            neededBy.add(List.of());
        }
    }

    /** Whether the edge was taken: {@code of} needs {@code on}. */
    public boolean add(int of, int on) {
        if (of == on) return false;
        if (place[on] > place[of]) {
            var below = reach(on, needs, place[of], -1);
            if (below.contains(of)) return false;
            mend(below, reach(of, neededBy, -1, place[on]));
        }
        needs.set(of, with(needs.get(of), on));
        neededBy.set(on, with(neededBy.get(on), of));
        return true;
    }

    private static List<Integer> with(List<Integer> list, int node) {
        var more = list.isEmpty() ? new ArrayList<Integer>() : list;
        more.add(node);
        return more;
    }

    /** Nodes that are reached from one, itself included, whose place is between the bounds; a bound of -1 is none. */
    private List<Integer> reach(int from, List<List<Integer>> edges, int least, int most) {
        var seen = new java.util.LinkedHashSet<Integer>();
        var queue = new ArrayDeque<Integer>();
        queue.add(from);
        seen.add(from);
        while (!queue.isEmpty())
            for (int next : edges.get(queue.remove()))
                if (place[next] >= least && (most < 0 || place[next] <= most) && seen.add(next)) queue.add(next);
        return List.copyOf(seen);
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
