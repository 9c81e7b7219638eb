package io.taskweaver.wire;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A value that leaves a topology of Kafka Streams, encoded, with its topic.
 *
 * @param topic on the broker
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record Outgoing(String topic, byte[] value) {

    /** What a processor forwards so that a record is sent. */
    public static Record<byte[], Outgoing> of(ProducerRecord<byte[], byte[]> record, long timestamp) {
        return new Record<>(record.key(), new Outgoing(record.topic(), record.value()), timestamp, record.headers());
    }

    /** The topic of each, for a sink. */
    public static String topic(byte[] key, Outgoing outgoing, RecordContext context) {
        return outgoing.topic;
    }

    /** Writes values as they are, for a sink. */
    public static Serde<Outgoing> serde() {
        return Serdes.serdeFrom((topic, outgoing) -> outgoing.value, (topic, bytes) -> {
            throw new UnsupportedOperationException("outgoing records are not read");
        });
    }
}
