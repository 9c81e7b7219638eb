package io.taskweaver.executor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A point in time on two clocks: wall time may be changed, monotonic time stops while the machine sleeps. */
record ClockReading(long nanos, Instant at) {
    static final ClockReading LONG_AGO = new ClockReading(0, Instant.EPOCH);

    static ClockReading now(InstantSource clock) {
        return new ClockReading(System.nanoTime(), clock.instant());
    }

    /** Whether it was less than this duration ago, on both clocks. */
    boolean isWithin(Duration time, InstantSource clock) {
        var passed = Duration.between(at, clock.instant());
        return System.nanoTime() - nanos < time.toNanos() && !passed.isNegative() && passed.compareTo(time) < 0;
    }
}
