package io.taskweaver.wire;

import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.mapping.RecordMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;

/**
 * Serialization of a service's state: Avro's single-object encoding (Avro specification, "Single-object encoding"),
 * read with the writer's schema. The jar contains the schemas of all releases, so state needs no registry. Thread-safe.
 *
 * @param <T> type of the value
 */
public final class StateFormat<T> {
    private static final String RELEASED = "/io/taskweaver/events/released/";
    private static final String STATE = "io.taskweaver.state.";

    private final RecordMapping<T> mapping;
    private final BinaryMessageEncoder<IndexedRecord> encoder;
    private final BinaryMessageDecoder<IndexedRecord> decoder;

    /** @param released schemas of earlier versions */
    StateFormat(RecordMapping<T> mapping, List<Schema> released) {
        this.mapping = mapping;
        this.encoder = new BinaryMessageEncoder<>(SpecificData.get(), mapping.schema());
        var writers = new SchemaStore.Cache();
        writers.addSchema(mapping.schema());
        released.forEach(writers::addSchema);
        this.decoder = new BinaryMessageDecoder<>(SpecificData.get(), mapping.schema(), writers);
    }

    /** The format of a type with a state schema of the same name. */
    public static <T> StateFormat<T> of(Class<T> type) {
        return of(type, type.getSimpleName());
    }

    /** The format of a type with a state schema of a given name. */
    public static <T> StateFormat<T> of(Class<T> type, String name) {
        try {
            var schema = SpecificData.get().getSchema(Class.forName(STATE + name));
            return new StateFormat<>(RecordMapping.of(type, schema), released(schema));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("no state schema " + name, e);
        }
    }

    /** The format of an event that is stored unchanged. */
    public static <E extends PlanEvent> StateFormat<E> ofEvent(Class<E> type) {
        var mapping = EventMappings.of(type);
        return new StateFormat<>(mapping, released(mapping.schema()));
    }

    public byte[] encode(T value) {
        try {
            var buffer = encoder.encode(mapping.toAvro(value));
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }

    /** @throws UnreadableStateException if no version up to this one wrote it */
    public T decode(byte[] bytes) {
        try {
            return mapping.toModel(decoder.decode(bytes));
        } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
            throw new UnreadableStateException(mapping.schema().getName(), e);
        }
    }

    private static List<Schema> released(Schema schema) {
        var all = new ArrayList<Schema>();
        for (int release = 1; resource(release, "TaskPlanned").isPresent(); release++)
            resource(release, schema.getName()).ifPresent(all::add);
        return all;
    }

    private static Optional<Schema> resource(int release, String name) {
        try (var file = StateFormat.class.getResourceAsStream(RELEASED + release + "/" + name + ".avsc")) {
            return file == null ? Optional.empty() : Optional.of(new Schema.Parser().parse(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
