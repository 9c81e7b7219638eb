package io.taskweaver.wire;

import java.util.UUID;

/** Random ids of events; {@link io.taskweaver.domain.event.Meta} has the derived ones. */
public final class EventIds {
    private EventIds() {}

    /** Random id of an event, e.g. of a user's command. */
    public static String random() {
        return UUID.randomUUID().toString();
    }
}
