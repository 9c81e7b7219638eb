package io.taskweaver.wire;

import io.taskweaver.model.event.Event;
import org.apache.avro.specific.SpecificRecord;

/** The model's events as the schemas have them, for tests that look at what is on a topic. */
public final class AvroEvents {
    private AvroEvents() {}

    public static SpecificRecord of(Event event) {
        return EventMappings.toAvro(event);
    }
}
