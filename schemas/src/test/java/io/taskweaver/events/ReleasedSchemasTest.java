package io.taskweaver.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was written by a released version must be readable for ever. A release copies the resolved schemas once, with {@code
 * ./mvnw -pl schemas test -Dtest=ReleasedSchemasTest -Dtaskweaver.release=<number>}, and never changes the copy.
 */
class ReleasedSchemasTest {
    private static final Path RELEASED = Path.of("src/main/resources/io/taskweaver/events/released");
    private static final String RELEASE = "taskweaver.release";

    @Test
    void a_release_is_copied_when_asked_for_and_there_is_at_least_one() throws IOException {
        var release = System.getProperty(RELEASE);
        if (release != null) {
            var folder = RELEASED.resolve(release);
            assertThat(folder).as("a release is written once").doesNotExist();
            Files.createDirectories(folder);
            for (var type : EventTypes.all())
                Files.writeString(
                        folder.resolve(type.getName() + ".avsc"), SchemaFormatter.format("json/pretty", type) + "\n");
        }
        assertThat(releases()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("releases")
    void every_event_reads_what_a_release_wrote(Path release) throws IOException {
        var current = EventTypes.all().stream().collect(Collectors.toMap(Schema::getName, type -> type));

        for (var written : schemas(release).entrySet()) {
            assertThat(current).as("an event of a release must stay").containsKey(written.getKey());
            var reader = current.get(written.getKey());
            var compatibility = SchemaCompatibility.checkReaderWriterCompatibility(reader, written.getValue());
            assertThat(compatibility.getType())
                    .as(() ->
                            written.getKey() + ": " + compatibility.getResult().getIncompatibilities())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }

    @Test
    void a_new_mandatory_field_would_be_noticed() {
        var old = TaskCompleted.getClassSchema();
        var fields = old.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .collect(Collectors.toList());
        fields.add(new Schema.Field("mandatory", Schema.create(Schema.Type.STRING), "new"));
        var changed = Schema.createRecord(old.getName(), old.getDoc(), old.getNamespace(), false, fields);

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(changed, old)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
    }

    private static List<Path> releases() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Map<String, Schema> schemas(Path release) throws IOException {
        var all = new TreeMap<String, Schema>();
        try (Stream<Path> files = Files.list(release)) {
            for (var file : files.toList()) {
                var schema = new Schema.Parser().parse(Files.readString(file));
                all.put(schema.getName(), schema);
            }
        }
        return all;
    }
}
