package io.taskweaver.runtime.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Stores the registry's process id in its data folder, so that an orphan can be terminated before the next start. The
 * id alone may be reused by another process; together with the start time it is unique.
 */
record PidFile(Path file) {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    static PidFile in(Path folder) {
        return new PidFile(folder.resolve("registry.pid"));
    }

    void write(ProcessHandle process) {
        try {
            Files.writeString(file, process.pid() + " " + startOf(process) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Terminates the process in the file, if it still runs, and waits for its end. */
    void endOrphan() {
        orphan().ifPresent(process -> {
            process.destroyForcibly();
            process.onExit()
                    .orTimeout(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        });
        remove();
    }

    private Optional<ProcessHandle> orphan() {
        try {
            if (!Files.exists(file)) return Optional.empty();
            var parts = Files.readString(file, StandardCharsets.UTF_8).strip().split(" ", 2);
            if (parts.length != 2 || !parts[0].matches("\\d{1,18}")) return Optional.empty();
            return ProcessHandle.of(Long.parseLong(parts[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startOf(process).equals(parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
