package io.taskweaver.wire.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A small text file that is read again when it changes, so that a secret can be rotated at runtime.
 *
 * @param <T> what is read from it
 */
public final class WatchedFile<T> {
    private static final long LARGEST = 1 << 20;

    private final Path path;
    private final Function<String, T> reading;
    private volatile @Nullable Version<T> last;

    /** Identifies a version of the file; a replaced file has another key. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private record Version<T>(Stamp stamp, T content) {}

    /** @param reading throws {@link IllegalArgumentException}, without the text itself, if that is invalid */
    public WatchedFile(Path path, Function<String, T> reading) {
        this.path = path;
        this.reading = reading;
    }

    public Path path() {
        return path;
    }

    /**
     * Current content.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if its text is invalid
     */
    public T content() throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        var stamp = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        var known = last;
        if (known != null && known.stamp().equals(stamp)) return known.content();
        if (attributes.size() > LARGEST)
            throw new IllegalArgumentException(
                    "it has " + attributes.size() + " bytes, which is too large for such a file");
        var content = reading.apply(Files.readString(path));
        last = new Version<>(stamp, content);
        return content;
    }
}
