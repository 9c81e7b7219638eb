package io.taskweaver.scheduling.dispatch;

import java.time.Duration;

/**
 * Whether estimates hold, as far as attempts have shown. Only proportions count: an order is as good if everything takes
 * half as long. A searched order is better than the plain rule while durations and estimates stay within about half of each other
 * and loses against it beyond.
 */
final class Proportions {
    /** Largest ratio of durations per estimate at which a searched order stands. */
    private static final double MOST_SPREAD = 1.5;

    private double least = Double.MAX_VALUE;
    private double most;

    /** An attempt took so long. */
    void observe(int estimateMinutes, Duration took) {
        if (estimateMinutes <= 0 || took.isNegative()) return;
        double ratio = (double) took.toMillis() / estimateMinutes;
        least = Math.min(least, ratio);
        most = Math.max(most, ratio);
    }

    boolean hold() {
        return most <= MOST_SPREAD * least;
    }
}
