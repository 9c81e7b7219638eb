package io.taskweaver.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes of bodies and answers that are in memory because a client sends or reads them. */
@Singleton
final class InFlight {
    private final long most;
    private final AtomicLong bytes = new AtomicLong();

    @Inject
    InFlight(HttpLimits limits) {
        this.most = limits.inFlight().asLongValue();
    }

    void add(long more) {
        bytes.addAndGet(more);
    }

    void remove(long less) {
        bytes.addAndGet(-less);
    }

    boolean isFull() {
        return bytes.get() >= most;
    }
}
