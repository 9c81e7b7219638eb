package io.taskweaver.agents.http;

import io.taskweaver.agents.Sharing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Keeps creations to a number in any minute, in the order in which they were asked for. Executors that share an account
 * take equal parts of the number, without talking to each other: who joins others begins as if it had used its part
 * already, and who is left behind waits a minute before it takes more, so that together they never exceed it. Where they
 * are more than the number, it holds on average only.
 */
public final class CreationThrottle {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final String agent;
    private final int perMinute;
    private final long joinedAt;
    /** When the last creations were or will be, the newest first, on the clock of {@link System#nanoTime}. */
    private final ArrayDeque<Long> turns = new ArrayDeque<>();

    private Sharing sharing = Sharing.ALONE;
    private boolean begun;

    /**
     * Allows so many; 0 means any number.
     *
     * @param now on the clock of {@link System#nanoTime}
     */
    public CreationThrottle(String agent, int perMinute, long now) {
        this.agent = agent;
        this.perMinute = perMinute;
        this.joinedAt = now;
    }

    public synchronized void share(Sharing with) {
        sharing = with;
    }

    /**
     * Takes the next turn.
     *
     * @param now on the clock of {@link System#nanoTime}
     * @return how long to wait for it, in nanoseconds
     */
    public synchronized long reserve(long now) {
        if (perMinute == 0) return 0;
        if (!begun && sharing.areOthersLive(agent)) for (int i = 0; i < perMinute; i++) turns.addFirst(joinedAt);
        begun = true;
        int executors = Math.max(1, sharing.executors(agent));
        int part = Math.max(1, perMinute / executors);
        long window = MINUTE * Math.max(1, Math.ceilDiv(executors, perMinute));
        long turn = turns.size() < part ? now : Math.max(now, nth(part) + window);
        if (!turns.isEmpty()) turn = Math.max(turn, turns.getFirst());
        turns.addFirst(turn);
        while (turns.size() > perMinute) turns.removeLast();
        return turn - now;
    }

    /** The turn before so many. */
    private long nth(int number) {
        Iterator<Long> newestFirst = turns.iterator();
        for (int i = 1; i < number; i++) newestFirst.next();
        return newestFirst.next();
    }
}
