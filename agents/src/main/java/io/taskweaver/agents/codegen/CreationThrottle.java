package io.taskweaver.agents.codegen;

import java.time.Duration;
import java.util.ArrayDeque;

/** Keeps creations to a number in any minute, in the order in which they were asked for. */
final class CreationThrottle {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    /** When the last creations were or will be, on the clock of {@link System#nanoTime}. */
    private final ArrayDeque<Long> turns = new ArrayDeque<>();

    /** Allows so many; 0 means any number. */
    CreationThrottle(int perMinute) {
        this.perMinute = perMinute;
    }

    /**
     * Takes the next turn.
     *
     * @param now on the clock of {@link System#nanoTime}
     * @return how long to wait for it, in nanoseconds
     */
    synchronized long reserve(long now) {
        if (perMinute == 0) return 0;
        long turn = turns.size() < perMinute ? now : Math.max(now, turns.removeFirst() + MINUTE);
        turns.addLast(turn);
        return turn - now;
    }
}
