package io.taskweaver.wire;

import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Caches Avro's readers and writers by the writer's schema, for Apicurio's serializers. Their own provider caches them
 * too, but normalizes the whole schema and computes its fingerprint for each record, which costs several times what the
 * record itself does. Ids, headers and the registry's client stay Apicurio's.
 *
 * <p>Thread-safe, as Avro's readers and writers are.
 */
public final class CachedDatums extends DefaultAvroDatumProvider<SpecificRecord> {
    private final ConcurrentHashMap<Schema, DatumReader<SpecificRecord>> readers = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Schema, DatumWriter<SpecificRecord>> writers = new ConcurrentHashMap<>();

    /** Reads records of the schema {@code writer} with this build's schema of the type. */
    @Override
    public DatumReader<SpecificRecord> createDatumReader(Schema writer) {
        var known = readers.get(writer);
        return known != null ? known : readers.computeIfAbsent(writer, super::createDatumReader);
    }

    @Override
    public DatumWriter<SpecificRecord> createDatumWriter(SpecificRecord event, Schema schema) {
        var known = writers.get(schema);
        return known != null ? known : writers.computeIfAbsent(schema, _ -> super.createDatumWriter(event, schema));
    }
}
