package io.taskweaver.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Content of {@code <data folder>/runtime.json} while the process is ready.
 *
 * @param pid its process id
 * @param startedAt when it was started
 * @param bootstrap the broker, {@code host:port}
 * @param registry base URL of the registry's own API
 * @param ccompat base URL of Confluent's API
 * @param http base URL of the services
 * @param simulator base URL of the simulated agent, empty without one
 * @param version version of the program
 * @param notes about the start, for the user
 * @param drain how long a shutdown waits for running attempts
 */
record RuntimeFile(
        long pid,
        Instant startedAt,
        String bootstrap,
        String registry,
        String ccompat,
        String http,
        String simulator,
        String version,
        List<String> notes,
        Duration drain) {
    private static final String NAME = "runtime.json";

    /** Writes it atomically. */
    void write(Path dataFolder) throws IOException {
        var content = new LinkedHashMap<String, Object>();
        content.put("pid", pid);
        content.put("startedAt", startedAt.toString());
        content.put("bootstrap", bootstrap);
        content.put("registry", registry);
        content.put("ccompat", ccompat);
        content.put("http", http);
        content.put("simulator", simulator);
        content.put("version", version);
        content.put("notes", notes);
        content.put("drainSeconds", drain.toSeconds());
        var written = dataFolder.resolve(NAME + ".new");
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(written.toFile(), content);
        Files.move(written, dataFolder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    static void remove(Path dataFolder) {
        try {
            Files.deleteIfExists(dataFolder.resolve(NAME));
        } catch (IOException e) {
            System.err.println(dataFolder.resolve(NAME) + " could not be removed: " + e.getMessage());
        }
    }

    /** The process that locks the folder, for people. */
    static String describe(Path dataFolder) {
        try {
            var found = new ObjectMapper().readTree(dataFolder.resolve(NAME).toFile());
            return "process " + found.path("pid").asText() + ", whose services are at "
                    + found.path("http").asText();
        } catch (IOException notReadyYet) {
            return "another process that is starting or stopping";
        }
    }
}
