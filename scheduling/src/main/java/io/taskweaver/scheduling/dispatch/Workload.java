package io.taskweaver.scheduling.dispatch;

/**
 * The work that is left of a plan, as numbers: tasks 0..n-1, in the order in which the plain rule dispatches them.
 *
 * @param minutes estimate of each
 * @param slotless whether a task occupies no slot and starts as soon as its needs are met: contracts
 * @param started whether it runs already
 * @param needs tasks that each waits for
 * @param dependents tasks that wait for each
 */
record Workload(int[] minutes, boolean[] slotless, boolean[] started, int[][] needs, int[][] dependents) {
    int size() {
        return minutes.length;
    }

    /** The same work backwards: what ended first begins first. */
    Workload reversed() {
        return new Workload(minutes, slotless, new boolean[size()], dependents, needs);
    }

    /** Minutes below which no schedule can be: the longest path, or all work shared evenly among the slots. */
    long bound(int slots) {
        long work = 0;
        for (int task = 0; task < size(); task++) if (!slotless[task]) work += minutes[task];
        return Math.max(longestPath(), (work + slots - 1) / slots);
    }

    private long longestPath() {
        var length = new long[size()];
        var open = new int[size()];
        var queue = new int[size()];
        int known = 0;
        for (int task = 0; task < size(); task++) {
            open[task] = needs[task].length;
            if (open[task] == 0) queue[known++] = task;
        }
        long longest = 0;
        for (int next = 0; next < known; next++) {
            int task = queue[next];
            length[task] += minutes[task];
            longest = Math.max(longest, length[task]);
            for (int dependent : dependents[task]) {
                length[dependent] = Math.max(length[dependent], length[task]);
                if (--open[dependent] == 0) queue[known++] = dependent;
            }
        }
        return longest;
    }
}
