package io.taskweaver.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.wire.TraceContext;

/** Records of topics as JSON: field names as in the schemas, times in ISO 8601, bytes in Base64. */
public final class EventJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private EventJson() {}

    /** One record with where it lies and its {@code traceparent}; {@code value} is null for a tombstone, {@code problem} says what is wrong with it. */
    public static ObjectNode of(EventFeed.Received received) {
        var json = NODES.objectNode()
                .put("topic", received.topic().name())
                .put("partition", received.partition())
                .put("offset", received.offset())
                .put("timestamp", received.timestamp().toString())
                .put("key", received.key());
        received.trace().ifPresent(trace -> json.put(TraceContext.TRACEPARENT, trace.traceparent()));
        received.problem().ifPresent(problem -> json.put("problem", problem));
        json.set("value", received.json().get());
        return json;
    }
}
