package io.taskweaver.scheduling.graph;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Strongly connected components, by Tarjan's algorithm (Depth-first search and linear graph algorithms, 1972), without
 * recursion: plans are deeper than a stack.
 */
public final class StronglyConnectedComponents {
    private final int[][] successors;
    private final int[] index;
    private final int[] next;
    private final int[] low;
    private final int[] component;
    private final ArrayDeque<Integer> stack = new ArrayDeque<>();
    private int counter;
    private int found;

    private StronglyConnectedComponents(int[][] successors) {
        this.successors = successors;
        index = new int[successors.length];
        next = new int[successors.length];
        low = new int[successors.length];
        component = new int[successors.length];
        Arrays.fill(component, -1);
    }

    /**
     * @param successors for each node, those that its edges lead to
     * @return for each node the number of its component, from 0; nodes of one component reach each other
     */
    public static int[] of(int[][] successors) {
        var components = new StronglyConnectedComponents(successors);
        for (int node = 0; node < successors.length; node++) if (components.index[node] == 0) components.visit(node);
        return components.component;
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
            if (next[node] < successors[node].length) {
                int to = successors[node][next[node]++];
                if (index[to] == 0) path.push(to);
                else if (component[to] < 0) low[node] = Math.min(low[node], index[to]);
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
            component[member] = found;
        } while (member != node);
        found++;
    }
}
