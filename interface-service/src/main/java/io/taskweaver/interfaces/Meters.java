package io.taskweaver.interfaces;

import io.micrometer.core.instrument.MeterRegistry;
import io.taskweaver.wire.metrics.Metric;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts outcomes of specifications. */
@ApplicationScoped
class Meters {
    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void published(boolean isNew) {
        count(isNew ? "published" : "published-again");
    }

    void superseded() {
        count("superseded");
    }

    /** @param reason of the dead letter */
    void refused(String reason) {
        count(reason);
    }

    private void count(String outcome) {
        Metric.SPECIFICATIONS.counter(registry, outcome).increment();
    }
}
