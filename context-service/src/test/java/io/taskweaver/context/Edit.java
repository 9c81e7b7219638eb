package io.taskweaver.context;

import io.taskweaver.model.Bytes;
import io.taskweaver.model.FileEntry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a result does with a file.
 *
 * @param base what the file held before; empty if it was not there
 * @param content what it holds now; empty if it is gone
 * @param mode its mode now
 */
record Edit(String path, Optional<Bytes> base, Optional<Bytes> content, int mode) {
    static Edit of(String path, @Nullable String base, @Nullable String content) {
        return new Edit(
                path,
                Optional.ofNullable(base).map(Edit::bytes),
                Optional.ofNullable(content).map(Edit::bytes),
                FileEntry.FILE);
    }

    static Edit ofBytes(String path, byte @Nullable [] base, byte[] content) {
        return new Edit(
                path, Optional.ofNullable(base).map(Bytes::new), Optional.of(new Bytes(content)), FileEntry.FILE);
    }

    /** The same, with another mode. */
    Edit as(int mode) {
        return new Edit(path, base, content, mode);
    }

    private static Bytes bytes(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
