package io.taskweaver.scheduling.inference;

/** How often each term is said in each of some groups; numbers in open addressing, since there are millions. */
final class TermCounts {
    private static final int SMALLEST = 1 << 10;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** Group and term, one more than they are, so that 0 is free. */
    private long[] keys = new long[SMALLEST];

    private int[] counts = new int[SMALLEST];
    private int size;

    void add(int group, int term) {
        long key = key(group, term);
        int at = place(key, keys);
        if (keys[at] == 0) {
            keys[at] = key;
            if (++size * 2 > keys.length) {
                grow();
                at = place(key, keys);
            }
        }
        counts[at]++;
    }

    int get(int group, int term) {
        return counts[place(key(group, term), keys)];
    }

    private static long key(int group, int term) {
        return ((long) group << Integer.SIZE | term) + 1;
    }

    /** Where a key is, or would be. */
    private static int place(long key, long[] keys) {
        int mask = keys.length - 1;
        int at = (int) ((key * MIX) >>> Integer.SIZE) & mask;
        while (keys[at] != 0 && keys[at] != key) at = at + 1 & mask;
        return at;
    }

    private void grow() {
        var larger = new long[keys.length * 2];
        var moved = new int[larger.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == 0) continue;
            int at = place(keys[i], larger);
            larger[at] = keys[i];
            moved[at] = counts[i];
        }
        keys = larger;
        counts = moved;
    }
}
