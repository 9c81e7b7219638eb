package io.taskweaver.wire;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.Schema;

/** Ids of events. What the system derives from the same facts has the same id, so a repetition is recognised. */
public final class EventIds {
    private EventIds() {}

    /**
     * Id of an event from what it says: its type and the parts that make it unique, e.g. plan, task, attempt.
     *
     * @return a name-based UUID (RFC 9562 section 5.3)
     */
    public static String derived(Schema type, Object... parts) {
        var name = new StringBuilder(type.getName());
        for (var part : parts) name.append('\u0000').append(part);
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Id of an event that nothing determines, e.g. a user's command. */
    public static String random() {
        return UUID.randomUUID().toString();
    }
}
