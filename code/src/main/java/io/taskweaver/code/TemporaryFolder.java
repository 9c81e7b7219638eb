package io.taskweaver.code;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A folder for as long as it takes, which a {@link LockFile} beside it tells from one that a killed process left: the first
 * one that another process makes removes that.
 */
public final class TemporaryFolder implements Closeable {
    private static final String PREFIX = "taskweaver-";
    private static final String SUFFIX = ".lock";
    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private final Path path;
    private final LockFile lock;

    private TemporaryFolder(Path path, LockFile lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @param use what it is for, in its name */
    public static TemporaryFolder create(String use) throws IOException {
        var parent = Path.of(System.getProperty("java.io.tmpdir"));
        if (!SWEPT.getAndSet(true)) sweep(parent);
        return create(parent, use);
    }

    static TemporaryFolder create(Path parent, String use) throws IOException {
        var path = Files.createTempDirectory(parent, PREFIX + use);
        var file = path.resolveSibling(path.getFileName() + SUFFIX);
        var lock = LockFile.tryAcquire(file).orElseThrow(() -> new IOException(file + " is locked by another process"));
        return new TemporaryFolder(path, lock);
    }

    /** Removes what killed processes left. What cannot be removed stays, as that of other users: it is in no way. */
    static void sweep(Path parent) {
        try (var locks = Files.newDirectoryStream(parent, PREFIX + "*" + SUFFIX)) {
            for (var file : locks) remove(file);
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that cannot be listed.
        }
    }

    private static void remove(Path file) {
        try {
            var free = LockFile.tryAcquire(file);
            if (free.isEmpty()) return;
            try (var _ = free.get()) {
                var name = file.getFileName().toString();
                WorkFolders.delete(file.resolveSibling(name.substring(0, name.length() - SUFFIX.length())));
            }
        } catch (IOException e) {
            // Of another user.
        }
    }

    public Path path() {
        return path;
    }

    /** Deletes it with all that is in it. */
    @Override
    public void close() throws IOException {
        try (lock) {
            WorkFolders.delete(path);
        }
    }
}
