package io.taskweaver.scheduling.dispatch;

/**
 * What a list scheduler makes of a workload if every estimate is right: whenever a slot is free, the ready task of the
 * lowest rank takes it (Graham, Bounds on multiprocessing timing anomalies, 1969). Reused for many orders of the same
 * workload.
 */
final class ListSchedule {
    private static final int TASK_BITS = 24;
    private static final int MOST_TASKS = 1 << TASK_BITS;

    private final Workload work;
    private final int slots;
    private final long[] finish;
    private final int[] open;
    private final int[] byRank;
    private final LongHeap ready;
    private final LongHeap running;
    private int free;

    ListSchedule(Workload work, int slots) {
        if (work.size() > MOST_TASKS) throw new IllegalArgumentException("tasks: " + work.size());
        this.work = work;
        this.slots = slots;
        int size = work.size();
        finish = new long[size];
        open = new int[size];
        byRank = new int[size];
        ready = new LongHeap(size);
        running = new LongHeap(size);
    }

    /**
     * Minutes until all is done.
     *
     * @param ranks a permutation of 0..n-1: the place of each task in the order of dispatch
     */
    long makespan(int[] ranks) {
        ready.clear();
        running.clear();
        free = slots;
        for (int task = 0; task < ranks.length; task++) {
            byRank[ranks[task]] = task;
            open[task] = work.needs()[task].length;
            if (open[task] == 0) offer(task, ranks[task], 0);
        }
        long now = 0;
        while (true) {
            while (free > 0 && !ready.isEmpty()) {
                free--;
                start(byRank[(int) ready.remove()], now);
            }
            if (running.isEmpty()) return now;
            now = running.peek() >> TASK_BITS;
            while (!running.isEmpty() && running.peek() >> TASK_BITS == now)
                end((int) (running.remove() & (MOST_TASKS - 1)), ranks, now);
        }
    }

    /** When a task ended in the last schedule, minutes. */
    long finishOf(int task) {
        return finish[task];
    }

    private void offer(int task, int rank, long now) {
        if (work.slotless()[task]) start(task, now);
        else if (work.started()[task]) {
            free--;
            start(task, now);
        } else ready.add(rank);
    }

    private void start(int task, long now) {
        finish[task] = now + work.minutes()[task];
        running.add(finish[task] << TASK_BITS | task);
    }

    private void end(int task, int[] ranks, long now) {
        if (!work.slotless()[task]) free++;
        for (int dependent : work.dependents()[task])
            if (--open[dependent] == 0) offer(dependent, ranks[dependent], now);
    }
}
