package io.taskweaver.e2e.foreign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Writes a magic word, the name of the event's type, a line's end, and the event as binary Avro. */
public final class FramedSerializer implements Serializer<SpecificRecord> {
    /** What every value begins with. */
    public static final String MAGIC = "FRAMED ";

    private boolean configured;

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
        // As Confluent's asks for it.
        configured = String.valueOf(settings.get("schema.registry.url")).startsWith("http") && !isKey;
    }

    @Override
    public byte[] serialize(String topic, SpecificRecord event) {
        if (!configured) throw new IllegalStateException("not configured, or without schema.registry.url");
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        out.writeBytes((MAGIC + event.getSchema().getFullName() + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            new SpecificDatumWriter<SpecificRecord>(event.getSchema()).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
