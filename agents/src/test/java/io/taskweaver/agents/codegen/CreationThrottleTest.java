package io.taskweaver.agents.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        var throttle = new CreationThrottle(allowed);
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

    @Test
    void a_throttle_of_none_lets_everyone_through() {
        var throttle = new CreationThrottle(0);

        for (int i = 0; i < 1000; i++) assertThat(throttle.reserve(i)).isZero();
    }
}
