package io.taskweaver.wire.files;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a local runtime says of itself in {@code <data folder>/runtime.json} while it is ready. A text that the file lacks is
 * empty.
 *
 * @param pid its process id
 * @param startedAt when it was started; the epoch if the file lacks it
 * @param bootstrap the broker, {@code host:port}
 * @param registry base URL of the registry's own API
 * @param ccompat base URL of the API that Confluent's clients speak
 * @param http base URL of the services
 * @param simulator base URL of the simulated agent, empty without one
 * @param version version of the program
 * @param notes notices about its start, for the user
 * @param drainSeconds how long it waits for attempts that run when it is stopped
 */
public record RuntimeFile(
        long pid,
        Instant startedAt,
        String bootstrap,
        String registry,
        String ccompat,
        String http,
        String simulator,
        String version,
        List<String> notes,
        long drainSeconds) {
    /** The file in the data folder. */
    public static final String NAME = "runtime.json";

    /** The file in the data folder that the runtime's process holds locked from its start to its end. */
    public static final String LOCK = "runtime.lock";

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withConfigOverride(
                    String.class, text -> text.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .withConfigOverride(List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .build();

    public RuntimeFile {
        startedAt = Objects.requireNonNullElse(startedAt, Instant.EPOCH);
        notes = List.copyOf(notes);
    }

    /** How long the runtime waits for attempts that run when it is stopped. */
    public Duration drain() {
        return Duration.ofSeconds(drainSeconds);
    }

    /** Reads it; empty if there is none, or none that says enough to reach the runtime. */
    public static Optional<RuntimeFile> read(Path dataFolder) {
        var file = dataFolder.resolve(NAME);
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            return Optional.of(JSON.readValue(file.toFile(), RuntimeFile.class))
                    .filter(found -> found.pid > 0 && !found.bootstrap.isEmpty());
        } catch (IOException e) {
            // Being replaced at this moment, or cut short by a crash: either way nobody can be reached by it.
            return Optional.empty();
        }
    }

    /** Writes it so that nobody reads half of it. */
    public void write(Path dataFolder) throws IOException {
        OwnerFile.write(
                dataFolder.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    /** Removes it, if it is there. */
    public static void remove(Path dataFolder) throws IOException {
        Files.deleteIfExists(dataFolder.resolve(NAME));
    }
}
