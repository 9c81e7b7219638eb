package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether an issued attempt is run here: the attempt number is the fencing token. */
enum AttemptAdmission {
    /** Run it. */
    RUN,
    /** Run it, and stop the older attempt that is running here. */
    REPLACE,
    /** It is already running here. */
    DUPLICATE,
    /** A newer attempt is known. */
    STALE;

    /**
     * Decides whether an issued attempt is run.
     *
     * @param running attempt at the same task that is running here
     * @param journalled newest attempt at the same task that the journal knows
     */
    static AttemptAdmission of(Attempt ordered, Optional<Attempt> running, OptionalInt journalled) {
        int here = running.map(Attempt::number).orElse(0);
        if (ordered.number() < Math.max(here, journalled.orElse(0))) return STALE;
        if (here == ordered.number()) return DUPLICATE;
        return here > 0 ? REPLACE : RUN;
    }
}
