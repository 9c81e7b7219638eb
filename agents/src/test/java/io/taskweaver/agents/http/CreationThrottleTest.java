package io.taskweaver.agents.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.AccountSharing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CreationThrottleTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Property(tries = 300)
    void in_no_minute_are_there_more_than_allowed_and_nobody_waits_without_need(
            @ForAll @IntRange(min = 1, max = 5) int allowed,
            @ForAll @Size(max = 40) List<@IntRange(max = 30_000) Integer> gapsMillis) {
        var throttle = new CreationThrottle("a", allowed, 0);
        var turns = new ArrayList<Long>();
        long now = 0;
        for (int gap : gapsMillis) {
            now += Duration.ofMillis(gap).toNanos();
            long turn = now + throttle.reserve(now);
            if (turns.size() >= allowed) {
                long earliest = turns.get(turns.size() - allowed) + MINUTE;
                assertThat(turn).isEqualTo(Math.max(now, earliest));
            } else {
                assertThat(turn).isEqualTo(now);
            }
            turns.add(turn);
        }
    }

    private record Shared(int executors, boolean areLive) implements AccountSharing {
        @Override
        public int executors(String agent) {
            return executors;
        }

        @Override
        public boolean areOthersLive(String agent) {
            return areLive;
        }
    }

    /** Each with its own throttle, none knows of the others' turns. */
    @Property(tries = 300)
    void executors_that_come_and_go_never_exceed_together_what_is_allowed(
            @ForAll @IntRange(min = 6, max = 15) int allowed,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 90) Integer> joinSeconds,
            @ForAll @IntRange(min = 1, max = 200) int leavesAtSecond,
            @ForAll @IntRange(min = 1, max = 8) int busy) {
        var throttles = new TreeMap<Integer, CreationThrottle>();
        var joined = joinSeconds.stream().sorted().toList();
        var freeAt = new long[joined.size()];
        var turns = new ArrayList<Long>();
        long second = Duration.ofSeconds(1).toNanos();
        for (long now = 0; now < 300 * second; now += second) {
            int heard = 0;
            for (int i = 0; i < joined.size(); i++) {
                long from = joined.get(i) * second;
                // The last one leaves, and is remembered for a minute.
                long until = i == joined.size() - 1 && i > 0 ? leavesAtSecond * second + MINUTE : Long.MAX_VALUE;
                if (now >= from && now < Math.max(until, from + MINUTE)) heard++;
            }
            for (int i = 0; i < joined.size(); i++) {
                long from = joined.get(i) * second;
                boolean left = i == joined.size() - 1 && i > 0 && now >= leavesAtSecond * second;
                if (now < from || left) continue;
                int index = i;
                int number = heard;
                var throttle = throttles.computeIfAbsent(i, any -> new CreationThrottle("a", allowed, from));
                boolean othersWereFirst = index > 0;
                throttle.share(new Shared(number, othersWereFirst));
                for (int each = 0; each < busy && freeAt[i] <= now; each++) {
                    freeAt[i] = now + throttle.reserve(now);
                    // Who leaves does not make the runs that it waits for.
                    boolean isLast = i == joined.size() - 1 && i > 0;
                    if (!isLast || freeAt[i] < leavesAtSecond * second) turns.add(freeAt[i]);
                }
            }
        }
        turns.sort(null);
        for (int i = 0; i + allowed < turns.size(); i++)
            assertThat(turns.get(i + allowed) - turns.get(i)).isGreaterThanOrEqualTo(MINUTE - second);
    }

    @Test
    void a_throttle_of_none_lets_everyone_through() {
        var throttle = new CreationThrottle("a", 0, 0);

        for (int i = 0; i < 1000; i++) assertThat(throttle.reserve(i)).isZero();
    }
}
