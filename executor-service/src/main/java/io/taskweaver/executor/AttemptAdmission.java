package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether an order is carried out: the attempt number is the fencing token. */
enum Admission {
    /** Run it. */
    RUN,
    /** Run it, and cancel the older attempt that runs here. */
    REPLACE,
    /** It runs here already. */
    DUPLICATE,
    /** A newer attempt is known. */
    STALE;

    /**
     * Decides about an order.
     *
     * @param running attempt at the same task that runs here
     * @param journalled newest attempt at the same task that the journal knows
     */
    static Admission of(Attempt ordered, Optional<Attempt> running, OptionalInt journalled) {
        int here = running.map(Attempt::number).orElse(0);
        if (ordered.number() < Math.max(here, journalled.orElse(0))) return STALE;
        if (here == ordered.number()) return DUPLICATE;
        return here > 0 ? REPLACE : RUN;
    }
}
