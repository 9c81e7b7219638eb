package io.taskweaver.wire.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskweaver.events.EventMeta;
import io.taskweaver.model.Limits;
import io.taskweaver.model.Need;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.testing.Filled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordMappingTest {

    static List<Event> events() {
        return Filled.each(Event.class);
    }

    @ParameterizedTest
    @MethodSource("events")
    @SuppressWarnings("unchecked")
    void nothing_of_an_event_gets_lost(Event event) throws IOException {
        var mapping = (RecordMapping<Event>) RecordMapping.of(event.getClass(), schemaOf(event));

        assertThat(mapping.toModel(readBack(mapping.toAvro(event)))).isEqualTo(event);
    }

    @Test
    void no_limits_are_written_as_none() throws IOException {
        var mapping = RecordMapping.of(PlanOptions.class, io.taskweaver.events.PlanOptions.getClassSchema());
        var written = readBack(mapping.toAvro(PlanOptions.DEFAULT));

        assertThat(((io.taskweaver.events.PlanOptions) written).getLimits()).isNull();
        assertThat(mapping.toModel(written).limits()).isEqualTo(Limits.NONE);
    }

    @Test
    void a_rule_that_this_build_does_not_know_counts_as_its_field_s_default() {
        var mapping = RecordMapping.of(Need.class, io.taskweaver.events.Need.getClassSchema());
        var need = new Need(new TaskId("T-1"), Need.Kind.RESULT, Need.Reason.MENTION, "", 1);
        var written = mapping.toAvro(need);
        written.put(written.getSchema().getField("reason").pos(), "intuition");

        assertThat(mapping.toModel(written).reason()).isEqualTo(Need.Reason.EXPLICIT);
    }

    @Test
    void what_contradicts_the_model_is_refused_in_its_words() {
        var mapping = RecordMapping.of(PlanEvent.RequirementsRejected.class, schemaOf("RequirementsRejected"));
        var written = mapping.toAvro(Filled.of(PlanEvent.RequirementsRejected.class));
        ((EventMeta) written.get(0)).put(1, "NO PLAN");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mapping.toModel(written))
                .withMessage("not a plan id: 'NO PLAN'");
    }

    @Test
    void a_component_without_a_field_is_noticed_at_once() {
        record Wide(String code, int number) {}
        var schema =
                SchemaBuilder.record("Wide").fields().requiredString("code").endRecord();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordMapping.of(Wide.class, schema))
                .withMessageContaining("is the component number of");
    }

    @Test
    void a_field_without_a_component_is_noticed_at_once() {
        record Narrow(String code) {}
        var schema = SchemaBuilder.record("Narrow")
                .fields()
                .requiredString("code")
                .optionalInt("number")
                .endRecord();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordMapping.of(Narrow.class, schema))
                .withMessageContaining("is the field number of");
    }

    @Test
    void the_id_of_an_event_follows_from_what_it_says() {
        var plan = new PlanId("p1");
        var one = Meta.of(
                PlanEvent.TaskReady.class,
                plan,
                Filled.of(java.time.Instant.class),
                java.util.Optional.empty(),
                "t1",
                1);
        var same =
                Meta.of(PlanEvent.TaskReady.class, plan, java.time.Instant.EPOCH, java.util.Optional.of("x"), "t1", 1);
        var other = Meta.of(PlanEvent.TaskStarted.class, plan, one.at(), java.util.Optional.empty(), "t1", 1);

        assertThat(one.eventId()).isEqualTo(same.eventId()).isNotEqualTo(other.eventId());
    }

    private static Schema schemaOf(Event event) {
        return schemaOf(event.getClass().getSimpleName());
    }

    private static Schema schemaOf(String name) {
        try {
            return SpecificData.get().getSchema(Class.forName("io.taskweaver.events." + name));
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no schema of " + name, e);
        }
    }

    private static IndexedRecord readBack(IndexedRecord written) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new SpecificDatumWriter<IndexedRecord>(written.getSchema()).write(written, encoder);
        encoder.flush();
        return new SpecificDatumReader<IndexedRecord>(written.getSchema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }
}
