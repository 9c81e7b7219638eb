package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.avro.AvroSerdeConfig;
import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import io.taskweaver.events.FailureKind;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.wire.testing.RegistryStub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the default serdes write and read, against Apicurio's as they come and against Avro's own rules. */
final class EventSerdesTest {
    private static final int HEAD = 1 + Integer.BYTES;
    private static final int SEED = 20260301;
    private static final int FEW = 3;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private RegistryStub registry;

    @BeforeEach
    void start() throws IOException {
        registry = new RegistryStub();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    static Stream<Topic<?>> topics() {
        return Topics.all().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void every_event_has_the_bytes_that_apicurios_serializer_writes_and_each_reads_the_others(Topic<?> topic) {
        var ours = EventSerdes.serializer(registry.settings());
        var reading = EventSerdes.deserializer(registry.settings());
        try (Serializer<SpecificRecord> apicurios = new AvroKafkaSerializer<>();
                Deserializer<SpecificRecord> apicuriosReading = new AvroKafkaDeserializer<>()) {
            apicurios.configure(asTheyCome(), false);
            apicuriosReading.configure(asTheyCome(), false);
            for (var event : events(topic.schema(), topic.schema(), FEW)) {
                var bytes = ours.serialize(topic.name(), event);

                assertThat(bytes).isEqualTo(apicurios.serialize(topic.name(), event));
                assertThat(reading.deserialize(topic.name(), bytes)).isEqualTo(event);
                assertThat(apicuriosReading.deserialize(topic.name(), bytes)).isEqualTo(event);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void every_event_of_the_first_release_is_read_as_avro_resolves_it(Topic<?> topic) throws IOException {
        var file = "/io/taskweaver/events/released/1/" + topic.type().getSimpleName() + ".avsc";
        try (var released = TaskFailed.class.getResourceAsStream(file)) {
            if (released == null) return; // An event that is younger.
            var writer = new Schema.Parser().parse(released);
            var reading = EventSerdes.deserializer(registry.settings());
            int id = registry.register(writer);
            for (var datum : data(writer, FEW))
                assertThat(reading.deserialize(topic.name(), headed(id, datum)))
                        .isEqualTo(resolved(datum, writer, topic.schema()));
        }
    }

    @Test
    void of_a_newer_build_an_unknown_symbol_becomes_the_default_and_an_unknown_field_is_skipped() throws IOException {
        var newer = newer(TaskFailed.getClassSchema());
        var kind = newer.getField("failure").schema();
        var reading = EventSerdes.<TaskFailed>deserializer(registry.settings());
        int id = registry.register(newer);

        for (var datum : data(newer, FEW)) {
            datum.put("failure", new org.apache.avro.generic.GenericData.EnumSymbol(kind, "NOT_HEARD_OF_YET"));
            var read = reading.deserialize("task-failed", headed(id, datum));

            assertThat(read).isEqualTo(resolved(datum, newer, TaskFailed.getClassSchema()));
            assertThat(read.getFailure()).isEqualTo(FailureKind.INFRA_FAILED);
            assertThat(read.getTaskId()).isEqualTo(String.valueOf(datum.get("taskId")));
        }
    }

    @Test
    void events_of_two_builds_on_one_topic_are_each_read_by_their_own_schema() throws IOException {
        var current = TaskFailed.getClassSchema();
        var newer = newer(current);
        var reading = EventSerdes.<TaskFailed>deserializer(registry.settings());
        var datum = data(newer, 1).getFirst();
        datum.put(
                "failure",
                new org.apache.avro.generic.GenericData.EnumSymbol(
                        newer.getField("failure").schema(), "TIMED_OUT"));
        var event = resolved(datum, newer, current);

        for (int turn = 0; turn < FEW; turn++) {
            assertThat(reading.deserialize("task-failed", headed(registry.register(newer), datum)))
                    .isEqualTo(event);
            assertThat(reading.deserialize("task-failed", written("task-failed", event)))
                    .isEqualTo(event);
        }
    }

    @Test
    void the_registry_is_asked_once_for_a_schema_and_then_not_needed() {
        var topic = Topics.TASK_FAILED.name();
        var events = events(TaskFailed.getClassSchema(), TaskFailed.getClassSchema(), FEW);
        var writing = EventSerdes.serializer(registry.settings());
        var reading = EventSerdes.deserializer(registry.settings());
        var first = writing.serialize(topic, events.getFirst());
        assertThat(reading.deserialize(topic, first)).isEqualTo(events.getFirst());
        assertThat(registry.requests())
                .containsExactlyInAnyOrder(
                        "POST /apis/registry/v3/groups/default/artifacts",
                        "GET /apis/registry/v3/ids/contentIds/1",
                        "GET /apis/registry/v3/ids/contentIds/1/references");

        registry.close();

        for (var event : events)
            assertThat(reading.deserialize(topic, writing.serialize(topic, event)))
                    .isEqualTo(event);
    }

    @Test
    void threads_may_share_a_serializer_and_a_deserializer() throws Exception {
        var topic = Topics.TASK_READY;
        var events = events(topic.schema(), topic.schema(), 50);
        var writing = EventSerdes.serializer(registry.settings());
        var reading = EventSerdes.deserializer(registry.settings());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.invokeAll(events.stream()
                    .<Callable<Boolean>>map(event -> () ->
                            event.equals(reading.deserialize(topic.name(), writing.serialize(topic.name(), event))))
                    .toList());
            for (var one : all) assertThat(one.get()).isTrue();
        }
    }

    private Map<String, Object> asTheyCome() {
        var settings = new HashMap<>(EventSerdes.settings(registry.settings()));
        settings.put(AvroSerdeConfig.AVRO_DATUM_PROVIDER, DefaultAvroDatumProvider.class.getName());
        return settings;
    }

    private byte[] written(String topic, SpecificRecord event) {
        return EventSerdes.serializer(registry.settings()).serialize(topic, event);
    }

    /** The schema that a later build may have: an optional field, and a symbol of its first enum, more. */
    private static Schema newer(Schema schema) throws IOException {
        var json = (ObjectNode) new ObjectMapper().readTree(schema.toString());
        var fields = (ArrayNode) json.path("fields");
        for (var field : fields)
            if (field.path("type").path("type").asText().equals("enum"))
                ((ArrayNode) field.path("type").path("symbols")).add("NOT_HEARD_OF_YET");
        fields.insertObject(1)
                .put("name", "risk")
                .putNull("default")
                .putArray("type")
                .add("null")
                .add("string");
        return new Schema.Parser().parse(json.toString());
    }

    private static List<GenericRecord> data(Schema writer, int number) {
        return Stream.iterate(SEED, seed -> seed + 1)
                .limit(number)
                .map(seed -> (GenericRecord)
                        new RandomData(writer, 1, seed).iterator().next())
                .toList();
    }

    private static List<SpecificRecord> events(Schema writer, Schema reader, int number) {
        return data(writer, number).stream()
                .map(datum -> resolved(datum, writer, reader))
                .toList();
    }

    private static SpecificRecord resolved(GenericRecord datum, Schema writer, Schema reader) {
        var bytes = encoded(datum);
        try {
            return new SpecificDatumReader<SpecificRecord>(writer, reader)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] headed(int id, GenericRecord datum) {
        var bytes = encoded(datum);
        return ByteBuffer.allocate(HEAD + bytes.length)
                .put((byte) 0)
                .putInt(id)
                .put(bytes)
                .array();
    }

    private static byte[] encoded(GenericRecord datum) {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(datum.getSchema()).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
