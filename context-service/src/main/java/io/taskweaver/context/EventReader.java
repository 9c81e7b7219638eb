package io.taskweaver.context;

import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.RegistryOutage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes records of any topic. */
final class EventReader {
    private final Deserializer<SpecificRecord> deserializer;

    /** @param serdes settings of the deserializer, see {@link EventSerdes} */
    EventReader(Map<String, ?> serdes) {
        this.deserializer = EventSerdes.deserializer(serdes);
    }

    /** What decoding gives. */
    sealed interface Decoded {
        record Event(SpecificRecord event) implements Decoded {}

        /** The bytes are no event. */
        record Undecodable(String cause) implements Decoded {}
    }

    /** @throws UncheckedIOException if the registry can not be reached, which says nothing about the bytes */
    Decoded read(String topic, byte[] bytes) {
        try {
            return Optional.ofNullable(deserializer.deserialize(topic, bytes))
                    .<Decoded>map(Decoded.Event::new)
                    .orElseGet(() -> new Decoded.Undecodable("it is empty"));
        } catch (RuntimeException e) {
            if (RegistryOutage.isBehind(e))
                throw new UncheckedIOException(
                        "the schema registry does not help; is it up, and is taskweaver.registry.url right?",
                        new IOException(e));
            return new Decoded.Undecodable(described(e));
        }
    }

    private static String described(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) root = root.getCause();
        return root.equals(e) ? String.valueOf(e) : e + ", because of " + root;
    }
}
