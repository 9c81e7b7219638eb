package io.taskweaver.e2e.foreign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads what {@link FramedSerializer} wrote. */
public final class FramedDeserializer implements Deserializer<SpecificRecord> {
    @Override
    public SpecificRecord deserialize(String topic, byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\n');
        if (end < 0 || !text.startsWith(FramedSerializer.MAGIC))
            throw new SerializationException("no framed event is on " + topic);
        try {
            var type = Class.forName(text.substring(FramedSerializer.MAGIC.length(), end));
            return new SpecificDatumReader<SpecificRecord>(SpecificData.get().getSchema(type))
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, end + 1, bytes.length - end - 1, null));
        } catch (IOException | ClassNotFoundException e) {
            throw new SerializationException("no event: " + text.substring(0, end), e);
        }
    }
}
