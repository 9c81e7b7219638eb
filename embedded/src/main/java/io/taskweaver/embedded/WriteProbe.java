package io.taskweaver.embedded;

import io.taskweaver.domain.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out why a folder cannot be written to, by writing: what failed there may not have had room to say so. */
public final class WriteProbe {
    /** More than what is left of a disk that is called full. */
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

    /** Why a folder cannot be written to; empty if it can, or for a reason without a name. */
    public static Optional<StorageFailure> failure(Path folder) {
        try {
            write(folder);
            return Optional.empty();
        } catch (IOException e) {
            return StorageFailure.behind(e);
        }
    }
}
