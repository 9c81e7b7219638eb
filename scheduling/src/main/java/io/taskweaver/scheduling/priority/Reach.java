package io.taskweaver.scheduling.priority;

import java.util.List;

/**
 * How much of a graph waits for each node, directly or not. Sets of 64 nodes are carried through the graph at a time: time
 * is nodes times (nodes and edges) / 64, memory stays linear.
 */
final class Reach {
    private static final int BYTES = Long.BYTES;
    private static final int BYTE_VALUES = 256;

    private final int[] counts;
    private final long[] weights;

    private Reach(int size) {
        counts = new int[size];
        weights = new long[size];
    }

    /**
     * @param needs for each node the nodes that it needs, all with lower numbers
     * @param weight of each node; nodes of weight -1 are passed through and not counted
     */
    static Reach of(List<int[]> needs, int[] weight) {
        var reach = new Reach(needs.size());
        for (int first = 0; first < needs.size(); first += Long.SIZE)
            reach.carry(needs, weight, first, Math.min(Long.SIZE, needs.size() - first));
        return reach;
    }

    /** Carries the nodes from {@code first} on down to all that they need. */
    private void carry(List<int[]> needs, int[] weight, int first, int size) {
        var waiting = new long[first + size];
        long counted = 0;
        for (int bit = 0; bit < size; bit++) if (weight[first + bit] >= 0) counted |= 1L << bit;
        var sums = sums(weight, first, size);
        for (int node = first + size - 1; node >= 0; node--) {
            long own = node >= first ? 1L << (node - first) : 0;
            long set = waiting[node];
            counts[node] += Long.bitCount(set & counted);
            for (int part = 0; set != 0 && part < BYTES; part++)
                weights[node] += sums[part][(int) (set >>> (part * Byte.SIZE)) & (BYTE_VALUES - 1)];
            for (int need : needs.get(node)) waiting[need] |= set | own;
        }
    }

    /** For each byte of a set, what each of its values weighs. */
    private static long[][] sums(int[] weight, int first, int size) {
        var sums = new long[BYTES][BYTE_VALUES];
        for (int part = 0; part < BYTES; part++)
            for (int value = 1; value < BYTE_VALUES; value++) {
                int bit = part * Byte.SIZE + Integer.numberOfTrailingZeros(value);
                long lowest = bit < size ? Math.max(0, weight[first + bit]) : 0;
                sums[part][value] = sums[part][value & (value - 1)] + lowest;
            }
        return sums;
    }

    int count(int node) {
        return counts[node];
    }

    long weight(int node) {
        return weights[node];
    }
}
