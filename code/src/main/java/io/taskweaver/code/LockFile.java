package io.taskweaver.code;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other commands from what one of them writes. It ends with the process, so that what a killed one left can be told from
 * what one that lives is writing. The file is there only while the lock is held, or after a kill.
 */
public final class LockFile implements AutoCloseable {
    /** The lock of a file belongs to the process as a whole, and ends with the first channel that is closed. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private LockFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The lock that this file is, if it is free; its folder exists. */
    public static Optional<LockFile> tryAcquire(Path file) throws IOException {
        if (!HELD.add(file)) return Optional.empty();
        Optional<LockFile> lock = Optional.empty();
        try {
            var channel = channel(file);
            lock = channel.map(open -> new LockFile(file, open));
            return lock;
        } finally {
            if (lock.isEmpty()) HELD.remove(file);
        }
    }

    private static Optional<FileChannel> channel(Path file) throws IOException {
        while (true) {
            var before = made(file);
            try {
                var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                boolean isKept = false;
                try {
                    if (channel.tryLock() == null) return Optional.empty();
                    isKept = Objects.equals(before, key(file));
                    // Else the one who had it deleted the file after it was opened here.
                    if (isKept) return Optional.of(channel);
                } finally {
                    if (!isKept) channel.close();
                }
            } catch (NoSuchFileException e) {
                continue;
            }
        }
    }

    private static @Nullable Object made(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Of one who has it, or was killed.
        }
        return key(file);
    }

    /**
     * What tells a file from another one of the same name: equal to nothing if there is none now, and null where a file cannot be
     * deleted while it is open.
     */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return new Object();
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
        } finally {
            HELD.remove(file);
        }
    }
}
