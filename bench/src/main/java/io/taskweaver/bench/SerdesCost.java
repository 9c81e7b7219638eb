package io.taskweaver.bench;

import io.apicurio.registry.serde.avro.AvroSerdeConfig;
import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What an event costs to write and to read, with readers and writers that are kept, and as Apicurio's serializers look theirs
 * up. Prints a JSON line for each topic, {@code {bench, topic, bytes, write_us, write_plain_us, read_us, read_plain_us}}, of
 * an event with random contents: the least of {@value #ROUNDS} rounds, {@code plain} being Apicurio's way. Rounds of the two
 * take turns, so that both see the same machine.
 *
 * <p>Usage: {@code SerdesCost PROJECT_FOLDER [RECORDS]}.
 */
public final class SerdesCost {
    private static final int ROUNDS = 5;
    private static final int SEED = 7;

    private SerdesCost() {}

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        try (var runtime = LocalSystem.up(Path.of(arguments[0]).toAbsolutePath(), Map.of())) {
            var settings = runtime.connection().cluster().serdes();
            var plain = new HashMap<String, Object>(settings);
            plain.put(AvroSerdeConfig.AVRO_DATUM_PROVIDER, DefaultAvroDatumProvider.class);
            try (var ours = new Pair(settings);
                    var theirs = new Pair(plain)) {
                for (var topic : Topics.all()) measure(topic, ours, theirs, records);
            }
        }
    }

    private record Pair(Serializer<SpecificRecord> writing, Deserializer<SpecificRecord> reading)
            implements AutoCloseable {
        Pair(Map<String, ?> settings) {
            this(EventSerdes.serializer(settings), EventSerdes.deserializer(settings));
        }

        double write(String topic, SpecificRecord event, int records) {
            long begun = System.nanoTime();
            for (int i = 0; i < records; i++) writing.serialize(topic, event);
            return microseconds(begun, records);
        }

        double read(String topic, byte[] bytes, int records) {
            long begun = System.nanoTime();
            for (int i = 0; i < records; i++) reading.deserialize(topic, bytes);
            return microseconds(begun, records);
        }

        private static double microseconds(long begun, int records) {
            return (System.nanoTime() - begun) / 1e3 / records;
        }

        @Override
        public void close() {
            writing.close();
            reading.close();
        }
    }

    private static void measure(Topic<?> topic, Pair ours, Pair theirs, int records) throws IOException {
        var event = event(topic);
        var bytes = ours.writing().serialize(topic.name(), event);
        double write = Double.MAX_VALUE;
        double writePlain = Double.MAX_VALUE;
        double read = Double.MAX_VALUE;
        double readPlain = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            write = Math.min(write, ours.write(topic.name(), event, records));
            writePlain = Math.min(writePlain, theirs.write(topic.name(), event, records));
            read = Math.min(read, ours.read(topic.name(), bytes, records));
            readPlain = Math.min(readPlain, theirs.read(topic.name(), bytes, records));
        }
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"serdes\",\"topic\":\"%s\",\"bytes\":%d,\"write_us\":%.2f,\"write_plain_us\":%.2f,"
                        + "\"read_us\":%.2f,\"read_plain_us\":%.2f}%n",
                topic.name(),
                bytes.length,
                write,
                writePlain,
                read,
                readPlain);
    }

    private static SpecificRecord event(Topic<?> topic) throws IOException {
        var schema = topic.schema();
        var datum = (GenericRecord) new RandomData(schema, 1, SEED).iterator().next();
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(datum, encoder);
        encoder.flush();
        return new SpecificDatumReader<SpecificRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null));
    }
}
