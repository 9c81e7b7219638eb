package io.taskweaver.cli.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * What a runtime says of itself in {@code <data folder>/runtime.json} while it is up.
 *
 * @param dataFolder that it lies in
 * @param bootstrap its broker, {@code host:port}
 * @param registry base URL of its schema registry
 * @param http base URL of its services
 * @param notes what the user has to be told of its start
 * @param drain how long it waits for attempts that run when it is stopped
 */
public record RuntimeFile(
        Path dataFolder,
        long pid,
        Instant startedAt,
        String bootstrap,
        String registry,
        String http,
        String version,
        List<String> notes,
        Duration drain) {
    private static final int USUAL_DRAIN_SECONDS = 10;
    private static final String NAME = "runtime.json";
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    /**
     * Reads it; empty if there is none, or none that says enough.
     *
     * @throws RuntimeProblem if others than this user could have written it
     */
    public static Optional<RuntimeFile> read(Path dataFolder) {
        DataFolderTrust.check(dataFolder);
        var file = dataFolder.resolve(NAME);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            var json = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (!json.path("pid").canConvertToLong()
                    || json.path("bootstrap").asText().isEmpty()) return Optional.empty();
            return Optional.of(new RuntimeFile(
                    dataFolder,
                    json.path("pid").asLong(),
                    instant(json.path("startedAt")),
                    json.path("bootstrap").asText(),
                    json.path("registry").asText(),
                    json.path("http").asText(),
                    json.path("version").asText(),
                    json.path("notes").valueStream().map(JsonNode::asText).toList(),
                    Duration.ofSeconds(json.path("drainSeconds").asLong(USUAL_DRAIN_SECONDS))));
        } catch (IOException e) {
            // Being replaced at this moment, or cut short by a crash: either way nobody can be reached by it.
            return Optional.empty();
        }
    }

    private static Instant instant(JsonNode json) {
        if (json.isNumber()) return Instant.ofEpochMilli(json.asLong());
        try {
            return Instant.parse(json.asText());
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** The process that wrote it, if that lives and holds the folder: not another one that has the same number. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::isOurs)
                .filter(_ -> RuntimeLocks.isHeldByRuntime(dataFolder));
    }

    private boolean isOurs(ProcessHandle process) {
        var info = process.info();
        boolean isOlder = info.startInstant()
                .map(started -> startedAt.equals(Instant.EPOCH) || !started.isAfter(startedAt.plusSeconds(2)))
                .orElse(true);
        return isOlder
                && info.user().equals(ProcessHandle.current().info().user())
                && info.commandLine()
                        .map(line -> line.contains("quarkus-run.jar"))
                        // Windows tells nobody; on Linux it is a thread of the kernel.
                        .orElse(!LINUX);
    }
}
