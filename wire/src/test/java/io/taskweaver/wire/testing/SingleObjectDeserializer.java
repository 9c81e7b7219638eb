package io.taskweaver.wire.testing;

import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SingleObjectSerializer} wrote, by the topic's own schema. */
public final class SingleObjectDeserializer implements Deserializer<SpecificRecord> {
    private static final Map<String, BinaryMessageDecoder<SpecificRecord>> DECODERS =
            Topics.all().stream().collect(Collectors.toMap(Topic::name, SingleObjectDeserializer::decoder));

    private static BinaryMessageDecoder<SpecificRecord> decoder(Topic<?> topic) {
        return new BinaryMessageDecoder<>(SpecificData.getForClass(topic.type()), topic.schema());
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated: a tombstone's value is null.
    public SpecificRecord deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) return null;
        var decoder = DECODERS.entrySet().stream()
                .filter(known -> topic.endsWith(known.getKey()))
                .findFirst()
                .orElseThrow(() -> new SerializationException("no event is on topic " + topic))
                .getValue();
        try {
            return decoder.decode(bytes);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("undecodable record on " + topic, e);
        }
    }
}
