package io.taskweaver.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Avro values as JSON: field names as in the schemas, times in ISO 8601, bytes in Base64. */
final class RecordJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private RecordJson() {}

    static JsonNode of(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case IndexedRecord fields -> {
                var object = NODES.objectNode();
                for (var field : fields.getSchema().getFields()) object.set(field.name(), of(fields.get(field.pos())));
                yield object;
            }
            case Collection<?> items -> {
                var array = NODES.arrayNode();
                for (var item : items) array.add(of(item));
                yield array;
            }
            case Map<?, ?> entries -> {
                var object = NODES.objectNode();
                entries.forEach((key, entry) -> object.set(String.valueOf(key), of(entry)));
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
