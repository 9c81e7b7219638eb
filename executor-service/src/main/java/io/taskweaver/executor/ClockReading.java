package io.taskweaver.executor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A point in time on two clocks: one may be set, the other stands still while the machine sleeps. */
record Moment(long nanos, Instant at) {
    static final Moment LONG_AGO = new Moment(0, Instant.EPOCH);

    static Moment now(InstantSource clock) {
        return new Moment(System.nanoTime(), clock.instant());
    }

    /** Whether it was less than this ago, by both clocks. */
    boolean isWithin(Duration time, InstantSource clock) {
        var passed = Duration.between(at, clock.instant());
        return System.nanoTime() - nanos < time.toNanos() && !passed.isNegative() && passed.compareTo(time) < 0;
    }
}
