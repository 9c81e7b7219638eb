package io.taskweaver.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskweaver.agents.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What an executor counts. */
final class ExecutorMetrics {
    private static final String ATTEMPTS = "taskweaver.executor.attempts";

    private final MeterRegistry registry;

    ExecutorMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Watches the slots, and how many records of the journal are not yet read (-1 if the broker can not be asked). */
    void watch(int slots, IntSupplier used, LongSupplier journalLag) {
        registry.gauge("taskweaver.executor.slots", slots);
        registry.gauge("taskweaver.executor.slots.used", used, IntSupplier::getAsInt);
        registry.gauge("taskweaver.executor.journal.lag", journalLag, LongSupplier::getAsLong);
    }

    /** An attempt ended. */
    void ended(String agent, Outcome outcome, Duration took) {
        registry.timer(ATTEMPTS, "agent", agent, "outcome", kebab(outcome)).record(took);
    }

    /** An outcome of before was published again. */
    void repeated(String agent) {
        registry.timer(ATTEMPTS, "agent", agent, "outcome", "repeated").record(Duration.ZERO);
    }

    /** An attempt was left to others. */
    void left(String agent) {
        registry.timer(ATTEMPTS, "agent", agent, "outcome", "left").record(Duration.ZERO);
    }

    private static String kebab(Outcome outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
