package io.taskweaver.agents.http;

import io.taskweaver.agents.AccountSharing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Limits creations to a number in any minute, first come, first served. Executors that share an account take equal
 * shares, without communication: a joining executor starts as if it had used its share already, and a remaining one
 * waits a minute before it takes more, so that together they never exceed the limit. With more executors than the
 * limit, it holds only on average.
 */
public final class CreationThrottle {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final String agent;
    private final int perMinute;
    private final long joinedAt;
    /** When the last creations were or will be, the newest first, on the clock of {@link System#nanoTime}. */
    private final ArrayDeque<Long> turns = new ArrayDeque<>();

    private AccountSharing sharing = AccountSharing.ALONE;
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

    public synchronized void share(AccountSharing with) {
        sharing = with;
    }

    /**
     * Reserves the next creation.
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

    /** The reservation that many creations ago. */
    private long nth(int number) {
        Iterator<Long> newestFirst = turns.iterator();
        for (int i = 1; i < number; i++) newestFirst.next();
        return newestFirst.next();
    }
}
