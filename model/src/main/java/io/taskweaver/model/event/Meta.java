package io.taskweaver.model.event;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TextLimits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Identity, plan, time and cause of an event.
 *
 * @param eventId two events of the same id say the same
 * @param at when it happened, by its writer's clock
 * @param causationId event that led to it; empty where nothing but time or a person did
 */
public record Meta(String eventId, PlanId plan, Instant at, Optional<String> causationId) {
    /** Most characters of an event's id: what an event leads to repeats it. */
    public static final int LONGEST_ID = 200;

    private static final char SEPARATOR = '\u0000';

    /** @throws io.taskweaver.model.effort.LimitExceeded if the id is too long */
    public Meta {
        TextLimits.check("meta.eventId", eventId, LONGEST_ID);
    }

    /** One whose id follows from what the event says: its type, its plan, and the parts that tell it from others of both. */
    public static Meta of(
            Class<? extends PlanEvent> type, PlanId plan, Instant at, Optional<String> causationId, Object... parts) {
        return new Meta(derivedId(type, plan.value(), parts), plan, at, causationId);
    }

    /**
     * The id that {@link #of} gives.
     *
     * @param plan as written, also if it is no id of a plan
     * @return a name-based UUID (RFC 9562 section 5.3)
     */
    public static String derivedId(Class<? extends PlanEvent> type, String plan, Object... parts) {
        var name = new StringBuilder(type.getSimpleName()).append(SEPARATOR).append(plan);
        for (var part : parts) name.append(SEPARATOR).append(part);
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
