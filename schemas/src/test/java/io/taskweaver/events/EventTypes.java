package io.taskweaver.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The types that are written on their own, as the schemas' folder has them. */
final class EventTypes {
    private static final Path FOLDER = Path.of("src/main/avro");

    private EventTypes() {}

    /** Events: what topics carry. */
    static List<Schema> events() throws IOException {
        return in(FOLDER, "io.taskweaver.events.");
    }

    /** Events, and what the services keep in their state. */
    static List<Schema> all() throws IOException {
        return Stream.concat(events().stream(), in(FOLDER.resolve("state"), "io.taskweaver.state.").stream())
                .toList();
    }

    private static List<Schema> in(Path folder, String namespace) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".avsc"))
                    .sorted()
                    .map(name -> type(namespace + name.substring(0, name.lastIndexOf('.'))))
                    .toList();
        }
    }

    private static Schema type(String name) {
        try {
            return SpecificData.get().getSchema(Class.forName(name));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
