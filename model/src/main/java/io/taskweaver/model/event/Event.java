package io.taskweaver.model.event;

import java.time.Instant;

/** What a record of a topic says. */
public sealed interface Event permits PlanEvent, ExecutorHeartbeat, DeadLetter {
    /** When it happened, by its writer's clock. */
    Instant at();
}
