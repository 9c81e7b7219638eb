package io.taskweaver.scheduling.dispatch;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Looks for an order of dispatch with a shorter makespan than that of the plain rule. Begins with the plain rule, improves
 * it by scheduling forward and backward in turn (Li and Willis, An iterative scheduling technique for
 * resource-constrained project scheduling, 1992), then moves single tasks within the order and keeps what is not much
 * worse, less and less so (threshold accepting, Dueck and Scheuer, 1990). Ends at the lower bound, or after a number of
 * schedules that depends on the size alone: the same workload always gives the same order.
 */
final class OrderSearch {
    /** Above this many tasks the search is not worth its time: the plain rule stands. */
    static final int MOST_TASKS = 4_000;

    private static final int MOST_SCHEDULES = 1_200;
    private static final int MOST_STEPS = 120_000;
    private static final int MOST_PASSES = 6;
    private static final int MOVES_BETWEEN_PASSES = 200;
    private static final double FIRST_SLACK = 0.02;
    private static final long SEED = 1;

    private final Workload work;
    private final ListSchedule forward;
    private final ListSchedule backward;
    private final long bound;
    private final int[] best;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private long least;
    private int schedulesLeft;

    private OrderSearch(Workload work, int slots) {
        this.work = work;
        forward = new ListSchedule(work, slots);
        backward = new ListSchedule(work.reversed(), slots);
        bound = work.bound(slots);
        schedulesLeft = Math.min(MOST_SCHEDULES, MOST_STEPS / Math.max(1, work.size()));
        best = new int[work.size()];
        Arrays.setAll(best, task -> task);
        least = makespan(best);
    }

    /**
     * For each task its place in the best order found, or nothing if none is better than the plain rule's.
     *
     * @param slots tasks that can run at once, at least 1
     */
    static Optional<int[]> ranks(Workload work, int slots) {
        if (work.size() < 2 || work.size() > MOST_TASKS) return Optional.empty();
        var search = new OrderSearch(work, slots);
        long plain = search.least;
        search.alternate(search.best.clone());
        search.move();
        return search.least < plain ? Optional.of(search.best) : Optional.empty();
    }

    private boolean isOver() {
        return least <= bound || schedulesLeft <= 0;
    }

    private long makespan(int[] ranks) {
        schedulesLeft--;
        return forward.makespan(ranks);
    }

    private void note(int[] ranks, long makespan) {
        if (makespan >= least) return;
        least = makespan;
        System.arraycopy(ranks, 0, best, 0, ranks.length);
    }

    private void alternate(int[] ranks) {
        for (int pass = 0; pass < MOST_PASSES && !isOver(); pass++) note(ranks, pass(ranks));
    }

    /** Schedules forward, backward in the order in which tasks ended, and forward again in the order that this gives. */
    private long pass(int[] ranks) {
        forward.makespan(ranks);
        latestFirst(forward, ranks);
        backward.makespan(ranks);
        latestFirst(backward, ranks);
        schedulesLeft -= 2;
        return makespan(ranks);
    }

    private void latestFirst(ListSchedule schedule, int[] ranks) {
        var keys = new long[ranks.length];
        for (int task = 0; task < keys.length; task++) keys[task] = -schedule.finishOf(task) * work.size() + task;
        Arrays.sort(keys);
        for (int rank = 0; rank < keys.length; rank++) ranks[Math.floorMod(keys[rank], work.size())] = rank;
    }

    private void move() {
        var current = best.clone();
        long length = least;
        var candidate = new int[current.length];
        int all = schedulesLeft;
        for (int moves = 1; !isOver(); moves++) {
            System.arraycopy(current, 0, candidate, 0, current.length);
            long reached;
            if (moves % MOVES_BETWEEN_PASSES == 0) reached = pass(candidate);
            else {
                for (int times = random.nextInt(3) == 0 ? 2 : 1; times > 0; times--) moveOne(candidate);
                reached = makespan(candidate);
            }
            double slack = FIRST_SLACK * bound * schedulesLeft / all * random.nextDouble() * random.nextDouble();
            if (reached - length > slack) continue;
            length = reached;
            var other = current;
            current = candidate;
            candidate = other;
            note(current, length);
        }
    }

    /** Takes a task out of the order and puts it in again, at most a quarter of the order away. */
    private void moveOne(int[] ranks) {
        int size = ranks.length;
        int task = random.nextInt(size);
        int from = ranks[task];
        int span = Math.max(2, size / 4);
        int to = Math.clamp((long) from + random.nextInt(2 * span + 1) - span, 0, size - 1);
        for (int each = 0; each < size; each++) {
            int rank = ranks[each];
            if (rank > from && rank <= to) ranks[each] = rank - 1;
            else if (rank >= to && rank < from) ranks[each] = rank + 1;
        }
        ranks[task] = to;
    }
}
