package io.taskweaver.runtime.embedded;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Diagnoses why a folder cannot be written to by a test write: the original failure may not contain the reason. */
public final class WriteProbe {
    /** More than the space left on a disk that counts as full. */
    private static final int BYTES = 1 << 20;

    private WriteProbe() {}

    /** Writes a file and removes it. */
    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        var file = Files.createTempFile(folder, ".writable-", "");
        try {
            Files.write(file, new byte[BYTES]);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Why a folder cannot be written to; empty if it can, or the reason is unknown. */
    public static Optional<StorageFailure> failure(Path folder) {
        try {
            write(folder);
            return Optional.empty();
        } catch (IOException e) {
            return StorageFailure.behind(e);
        }
    }
}
