package io.taskweaver.wire.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Avro single-object encoding: the schema's fingerprint travels with the datum, so that no registry is needed. */
public final class SingleObjectSerializer implements Serializer<SpecificRecord> {

    /** The settings that make {@link io.taskweaver.wire.EventSerdes} use this pair. */
    public static Map<String, String> settings() {
        return Map.of(
                io.taskweaver.wire.EventSerdes.SERIALIZER,
                SingleObjectSerializer.class.getName(),
                io.taskweaver.wire.EventSerdes.DESERIALIZER,
                SingleObjectDeserializer.class.getName());
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated: a tombstone's value is null.
    public byte[] serialize(String topic, @Nullable SpecificRecord event) {
        if (event == null) return null;
        var out = new ByteArrayOutputStream();
        var model = SpecificData.getForClass(event.getClass());
        try {
            new BinaryMessageEncoder<SpecificRecord>(model, event.getSchema()).encode(event, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
