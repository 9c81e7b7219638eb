package io.taskweaver.code;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The line of a plan as it lies in a data folder: the repository {@code code/<plan>} with the branch {@code line}, and in it
 * a file that says what the plan started from. With it the result of a plan can be had when no service runs.
 */
public final class LineFolder {
    private static final String BASE = "base.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private LineFolder() {}

    /** Where the repository of a plan is. */
    public static Path of(Path dataFolder, PlanId plan) {
        return dataFolder.resolve("code").resolve(plan.value());
    }

    /**
     * Stores what a plan started from.
     *
     * @param repository folder of the plan's repository
     */
    public static void write(Path repository, BaseCommit base) throws IOException {
        var json = JSON.createObjectNode()
                .put("folder", base.folder())
                .put("commit", base.commit())
                .put("prefix", base.prefix());
        var written = Files.createTempFile(repository, BASE, ".new");
        Files.writeString(written, json + "\n");
        Files.move(
                written, repository.resolve(BASE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a plan started from; empty if nothing says so. */
    public static Optional<BaseCommit> base(Path repository) throws IOException {
        var file = repository.resolve(BASE);
        try {
            var json = JSON.readTree(Files.readString(file));
            return Optional.of(new BaseCommit(
                    json.path("folder").asText(),
                    json.path("commit").asText(),
                    json.path("prefix").asText()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    /** The line of an open repository; empty if the folder holds none. */
    public static Optional<PlanLine> line(CodeRepository code) throws IOException {
        var base = base(code.folder());
        if (base.isEmpty()) return Optional.empty();
        return Optional.of(
                new PlanLine(base.get(), code.head().orElse(base.get().commit())));
    }
}
