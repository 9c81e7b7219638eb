package io.taskweaver.scheduling.dispatch;

/** A binary heap of numbers, the least on top, of a fixed capacity: it allocates nothing while it is used. */
final class LongHeap {
    private final long[] values;
    private int size;

    LongHeap(int capacity) {
        values = new long[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
    }

    /** The least; only if there is one. */
    long peek() {
        return values[0];
    }

    void add(long value) {
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >> 1;
            if (values[parent] <= value) break;
            values[hole] = values[parent];
            hole = parent;
        }
        values[hole] = value;
    }

    /** Takes the least; only if there is one. */
    long remove() {
        long least = values[0];
        long last = values[--size];
        int hole = 0;
        for (int child = 1; child < size; child = 2 * hole + 1) {
            if (child + 1 < size && values[child + 1] < values[child]) child++;
            if (values[child] >= last) break;
            values[hole] = values[child];
            hole = child;
        }
        values[hole] = last;
        return least;
    }
}
