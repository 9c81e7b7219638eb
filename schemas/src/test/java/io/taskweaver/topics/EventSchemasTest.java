package io.taskweaver.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemasTest {

    @ParameterizedTest
    @MethodSource("io.taskweaver.topics.Topics#all")
    void every_type_and_field_says_what_it_means(Topic<?> topic) {
        var undocumented = new ArrayList<String>();
        collectUndocumented(topic.schema(), new HashSet<>(), undocumented);

        assertThat(undocumented).isEmpty();
    }

    @Test
    void only_dead_letters_and_heartbeats_belong_to_no_plan_and_carry_no_envelope() {
        assertThat(Topics.all())
                .filteredOn(topic -> topic.schema().getField("meta") == null)
                .containsExactlyInAnyOrder(Topics.DEAD_LETTERS, Topics.EXECUTOR_HEARTBEAT);
    }

    private static void collectUndocumented(Schema schema, Set<String> seen, List<String> undocumented) {
        switch (schema.getType()) {
            case RECORD -> {
                if (!seen.add(schema.getFullName())) return;
                if (blank(schema.getDoc())) undocumented.add(schema.getFullName());
                for (var field : schema.getFields()) {
                    if (blank(field.doc())) undocumented.add(schema.getFullName() + "." + field.name());
                    collectUndocumented(field.schema(), seen, undocumented);
                }
            }
            case ENUM -> {
                if (blank(schema.getDoc())) undocumented.add(schema.getFullName());
            }
            case ARRAY -> collectUndocumented(schema.getElementType(), seen, undocumented);
            case MAP -> collectUndocumented(schema.getValueType(), seen, undocumented);
            case UNION -> schema.getTypes().forEach(type -> collectUndocumented(type, seen, undocumented));
            case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }

    private static boolean blank(@org.jspecify.annotations.Nullable String doc) {
        return doc == null || doc.isBlank();
    }
}
