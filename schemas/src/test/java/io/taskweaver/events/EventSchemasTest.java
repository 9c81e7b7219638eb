package io.taskweaver.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    @MethodSource("io.taskweaver.events.EventTypes#all")
    void every_type_and_field_says_what_it_means(Schema type) {
        var undocumented = new ArrayList<String>();
        collectUndocumented(type, new HashSet<>(), undocumented);

        assertThat(undocumented).isEmpty();
    }

    @Test
    void only_dead_letters_and_heartbeats_belong_to_no_plan_and_carry_no_envelope() throws IOException {
        assertThat(EventTypes.events())
                .filteredOn(type -> type.getField("meta") == null)
                .containsExactlyInAnyOrder(DeadLetter.getClassSchema(), ExecutorHeartbeat.getClassSchema());
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

    private static boolean blank(String doc) {
        return doc == null || doc.isBlank();
    }
}
