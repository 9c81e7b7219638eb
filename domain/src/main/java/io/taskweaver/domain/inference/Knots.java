package io.taskweaver.domain.inference;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** Strongly connected components by Tarjan's algorithm, without recursion. */
final class Knots {
    private final int[] first;
    private final int[] on;
    private final int[] index;
    private final int[] next;
    private final int[] low;
    private final int[] knot;
    private final ArrayDeque<Integer> stack = new ArrayDeque<>();
    private int counter;
    private int found;

    private Knots(int[] first, int[] on) {
        this.first = first;
        this.on = on;
        next = first.clone();
        index = new int[first.length - 1];
        low = new int[first.length - 1];
        knot = new int[first.length - 1];
        Arrays.fill(knot, -1);
    }

    /** For each node the number of its knot; those in one knot reach each other. */
    static int[] of(List<Selection.Pair> pairs, int size) {
        var first = new int[size + 1];
        for (var pair : pairs) first[pair.of() + 1]++;
        for (int i = 0; i < size; i++) first[i + 1] += first[i];
        var on = new int[pairs.size()];
        var next = first.clone();
        for (var pair : pairs) on[next[pair.of()]++] = pair.on();
        var knots = new Knots(first, on);
        for (int node = 0; node < size; node++) if (knots.index[node] == 0) knots.visit(node);
        return knots.knot;
    }

    private void visit(int root) {
        var path = new ArrayDeque<Integer>();
        path.push(root);
        while (!path.isEmpty()) {
            int node = path.element();
            if (index[node] == 0) {
                index[node] = low[node] = ++counter;
                stack.push(node);
            }
            if (next[node] < first[node + 1]) {
                int to = on[next[node]++];
                if (index[to] == 0) path.push(to);
                else if (knot[to] < 0) low[node] = Math.min(low[node], index[to]);
                continue;
            }
            path.pop();
            if (!path.isEmpty()) low[path.element()] = Math.min(low[path.element()], low[node]);
            if (low[node] == index[node]) close(node);
        }
    }

    private void close(int node) {
        int member;
        do {
            member = stack.pop();
            knot[member] = found;
        } while (member != node);
        found++;
    }
}
