package io.taskweaver.executor;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.Usage;
import io.taskweaver.wire.metrics.Metric;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Metrics of an executor. */
final class ExecutorMetrics {
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Predicate<String> configured;

    /** @param configured whether an agent of a name is configured: other names come from users */
    ExecutorMetrics(MeterRegistry registry, Predicate<String> configured) {
        this.registry = registry;
        this.configured = configured;
    }

    /** Registers gauges of the slots and of unread journal records (-1 if the broker does not answer). */
    void watch(int slots, IntSupplier used, LongSupplier journalLag) {
        Metric.EXECUTOR_SLOTS.gauge(registry, () -> slots);
        Metric.EXECUTOR_SLOTS_USED.gauge(registry, used::getAsInt);
        Metric.EXECUTOR_JOURNAL_LAG.gauge(registry, journalLag::getAsLong);
    }

    /** An attempt ended. */
    void ended(String agent, Outcome outcome, Duration took) {
        attempt(agent, kebab(outcome), took);
        var used = usage(outcome);
        Metric.EXECUTOR_TOKENS.counter(registry, known(agent), "input").increment(used.inputTokens());
        Metric.EXECUTOR_TOKENS.counter(registry, known(agent), "output").increment(used.outputTokens());
        Metric.EXECUTOR_COST.counter(registry, known(agent)).increment(used.costMicros());
    }

    /** An earlier outcome was republished. */
    void repeated(String agent) {
        attempt(agent, "repeated", Duration.ZERO);
    }

    /** An attempt was left to another executor. */
    void left(String agent) {
        attempt(agent, "left", Duration.ZERO);
    }

    private void attempt(String agent, String outcome, Duration took) {
        Metric.EXECUTOR_ATTEMPTS.timer(registry, known(agent), outcome).record(took);
    }

    private String known(String agent) {
        return configured.test(agent) ? agent : OTHER;
    }

    private static Usage usage(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded succeeded -> succeeded.usage();
            case Outcome.Unsuccessful failed -> failed.usage();
        };
    }

    private static String kebab(Outcome outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
