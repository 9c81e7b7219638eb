package io.taskweaver.executor;

import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.RegistryOutage;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.connection.Retries;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Decodes the events of a topic, on one thread. That the registry can not be reached says nothing about a record, so
 * that is waited out.
 */
final class EventReader<T extends SpecificRecord> {
    private final Class<T> type;
    private final Deserializer<SpecificRecord> deserializer;
    private final Retries retries;

    EventReader(Topic<T> topic, Connection connection) {
        this.type = topic.type();
        this.deserializer = EventSerdes.deserializer(connection.events());
        this.retries = connection.retries(EventReader.class, "reading of " + topic.name());
    }

    /** Thrown for a record that is no event of the topic. */
    static final class Undecodable extends Exception {
        Undecodable(String message) {
            super(message);
        }
    }

    /**
     * Decodes a record's value, which is not null.
     *
     * @throws Undecodable if it is no event of the topic, saying why
     */
    T read(ConsumerRecord<byte[], byte[]> source) throws Undecodable, InterruptedException {
        while (true) {
            try {
                var event = deserializer.deserialize(source.topic(), source.headers(), source.value());
                retries.over();
                if (type.isInstance(event)) return type.cast(event);
                throw new Undecodable("it is no " + type.getSimpleName());
            } catch (RuntimeException e) {
                if (!RegistryOutage.isBehind(e)) throw new Undecodable(explained(e));
                retries.failed(e);
                retries.pause();
            }
        }
    }

    private static String explained(Throwable problem) {
        var text = new StringBuilder(String.valueOf(problem.getMessage()));
        for (var cause = problem.getCause(); cause != null; cause = cause.getCause())
            text.append(": ").append(cause.getMessage());
        return text.toString();
    }
}
