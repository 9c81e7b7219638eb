package io.taskweaver.wire;

import java.util.UUID;

/** Ids of events that nothing determines; {@link io.taskweaver.domain.event.Meta} has the others. */
public final class EventIds {
    private EventIds() {}

    /** Id of an event that nothing determines, e.g. a user's command. */
    public static String random() {
        return UUID.randomUUID().toString();
    }
}
