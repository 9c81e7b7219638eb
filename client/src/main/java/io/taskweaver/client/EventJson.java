package io.taskweaver.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.wire.TraceContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of topics as JSON: field names as in the schemas, times in ISO 8601, bytes in Base64. */
public final class EventJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private EventJson() {}

    /** One record with where it lies and its {@code traceparent}; {@code value} is null for a tombstone, {@code problem} says why it is missing. */
    public static ObjectNode of(EventFeed.Received received) {
        var json = NODES.objectNode()
                .put("topic", received.topic().name())
                .put("partition", received.partition())
                .put("offset", received.offset())
                .put("timestamp", received.timestamp().toString())
                .put("key", received.key());
        received.trace().ifPresent(trace -> json.put(TraceContext.TRACEPARENT, trace.traceparent()));
        received.problem().ifPresent(problem -> json.put("problem", problem));
        json.set("value", value(received.event().orElse(null)));
        return json;
    }

    private static JsonNode value(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case SpecificRecord fields -> {
                var object = NODES.objectNode();
                for (var field : fields.getSchema().getFields())
                    object.set(field.name(), value(fields.get(field.pos())));
                yield object;
            }
            case Collection<?> items -> {
                var array = NODES.arrayNode();
                for (var item : items) array.add(value(item));
                yield array;
            }
            case Map<?, ?> entries -> {
                var object = NODES.objectNode();
                entries.forEach((key, entry) -> object.set(String.valueOf(key), value(entry)));
                yield object;
            }
            case Instant instant -> NODES.textNode(instant.toString());
            case Boolean flag -> NODES.booleanNode(flag);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Float number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case ByteBuffer bytes -> {
                var copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield NODES.binaryNode(copy);
            }
            case GenericEnumSymbol<?> symbol -> NODES.textNode(symbol.toString());
            default -> NODES.textNode(value.toString());
        };
    }
}
