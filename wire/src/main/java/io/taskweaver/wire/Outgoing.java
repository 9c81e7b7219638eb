package io.taskweaver.wire;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * An encoded value that a Kafka Streams topology writes, with its topic.
 *
 * @param topic on the broker
 * @param value null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on immediately, never compared.
public record Outgoing(String topic, byte @Nullable [] value) {

    /** Creates a record to forward. */
    public static Record<byte[], Outgoing> of(ProducerRecord<byte[], byte[]> record, long timestamp) {
        return new Record<>(record.key(), new Outgoing(record.topic(), record.value()), timestamp, record.headers());
    }

    /** The topic of each, for a sink. */
    public static String topic(byte[] key, Outgoing outgoing, RecordContext context) {
        return outgoing.topic;
    }

    /** Writes encoded values, for a sink. */
    public static Serde<Outgoing> serde() {
        return Serdes.serdeFrom((topic, outgoing) -> outgoing.value, (topic, bytes) -> {
            throw new UnsupportedOperationException("outgoing records are not read");
        });
    }
}
