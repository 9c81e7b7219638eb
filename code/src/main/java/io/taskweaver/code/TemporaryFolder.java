package io.taskweaver.code;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A folder for as long as it takes, which a {@link LockFile} beside it tells from one that a killed process left: another
 * process of the same user removes that when it makes its first one.
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
        var made = create(parent, use);
        if (!SWEPT.getAndSet(true)) made.sweepBeside(parent);
        return made;
    }

    static TemporaryFolder create(Path parent, String use) throws IOException {
        while (true) {
            var path = Files.createTempDirectory(parent, PREFIX + use);
            var lock = LockFile.tryAcquire(path.resolveSibling(path.getFileName() + SUFFIX));
            if (lock.isPresent() && Files.isDirectory(path)) return new TemporaryFolder(path, lock.get());
            // Another process sweeps, and had the lock before: to it, this one is of a process that was killed.
            if (lock.isPresent()) lock.get().close();
        }
    }

    private void sweepBeside(Path parent) {
        try {
            sweep(parent, Files.getOwner(path));
        } catch (IOException | UnsupportedOperationException e) {
            // Whose they are is not known.
        }
    }

    /**
     * Removes what killed processes left, of one user alone: in a folder of another one, names may come to mean other files
     * while it is deleted. What cannot be removed stays: it is in no way.
     */
    static void sweep(Path parent, UserPrincipal owner) throws IOException {
        try (var locks = Files.newDirectoryStream(parent, PREFIX + "*" + SUFFIX)) {
            for (var file : locks) remove(file, owner);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void remove(Path file, UserPrincipal owner) {
        var name = file.getFileName().toString();
        var folder = file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !isOf(owner, file)) return;
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isOf(owner, folder)) return;
            var free = LockFile.tryAcquire(file);
            if (free.isEmpty()) return;
            try (var _ = free.get()) {
                WorkFolders.delete(folder);
            }
        } catch (IOException e) {
            // Another process removes it, or it has what this user may not delete.
        }
    }

    private static boolean isOf(UserPrincipal owner, Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner);
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
