package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.wire.mapping.RecordMapping;
import io.taskweaver.wire.testing.Filled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateFormatTest {

    static List<TaskState> states() {
        return Filled.each(TaskState.class);
    }

    @ParameterizedTest
    @MethodSource("states")
    void nothing_of_a_task_s_state_gets_lost(TaskState state) {
        var format = StateFormat.of(TaskState.class);

        assertThat(format.decode(format.encode(state))).isEqualTo(state);
    }

    @Test
    void an_event_may_be_kept_as_it_is() {
        var format = StateFormat.ofEvent(PlanEvent.TaskPlanned.class);
        var event = Filled.of(PlanEvent.TaskPlanned.class);

        assertThat(format.decode(format.encode(event))).isEqualTo(event);
    }

    @Test
    void it_begins_as_avro_s_single_object_encoding_does() {
        var bytes = StateFormat.of(TaskState.class).encode(new TaskState.DoneBefore());

        assertThat(bytes).startsWith(0xC3, 0x01);
    }

    @Test
    void what_nobody_wrote_is_refused_with_a_way_out() {
        var format = StateFormat.of(TaskState.class);

        assertThatThrownBy(() -> format.decode("what is this?".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageContaining("TaskState")
                .hasMessageContaining("--data-dir");
    }

    @Test
    void a_later_version_with_one_more_optional_field_reads_what_this_one_wrote() {
        record LineCommit(String commit, Optional<String> task) {}
        record CommitWithNote(String commit, Optional<String> task, Optional<String> note) {}
        var written = io.taskweaver.state.LineCommit.getClassSchema();
        var fields = written.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .collect(Collectors.toList());
        var note = SchemaBuilder.record("Other")
                .fields()
                .optionalString("note")
                .endRecord()
                .getField("note");
        fields.add(new Schema.Field(note, note.schema()));
        var later = new StateFormat<>(
                RecordMapping.of(
                        CommitWithNote.class,
                        Schema.createRecord("LineCommit", "as a later version has it", "later", false, fields)),
                List.of(written));

        var read = later.decode(StateFormat.of(LineCommit.class).encode(new LineCommit("abc", Optional.of("T1"))));
        assertThat(read).isEqualTo(new CommitWithNote("abc", Optional.of("T1"), Optional.empty()));
        assertThat(later.decode(later.encode(read))).isEqualTo(read);
    }
}
