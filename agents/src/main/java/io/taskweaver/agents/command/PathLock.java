package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file, of one or of several that share it. It holds between the threads of this process and between processes,
 * and ends with the process. Of a process, the file itself is locked once, since its lock belongs to the process as a whole.
 */
final class PathLock implements AutoCloseable {
    private static final ConcurrentHashMap<Path, Threads> THREADS = new ConcurrentHashMap<>();

    private final Lock own;
    private final Release release;

    private PathLock(Lock own, Release release) {
        this.own = own;
        this.release = release;
    }

    private interface Release {
        void run() throws IOException;
    }

    /** The threads of this process that use one file. */
    private static final class Threads {
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
        private int sharing;
        private @Nullable FileChannel shared;

        private synchronized void share(Path file) throws IOException, InterruptedException {
            // Nobody of this process has it alone: only another process can keep the first thread waiting.
            if (sharing == 0) shared = locked(file, true);
            sharing++;
        }

        private synchronized void leave() throws IOException {
            var channel = shared;
            if (--sharing > 0 || channel == null) return;
            shared = null;
            channel.close();
        }
    }

    /** Waits for the lock, for one thread alone. An interrupt ends the wait. */
    static PathLock acquire(Path file) throws IOException, InterruptedException {
        var own = threads(file).lock.writeLock();
        own.lockInterruptibly();
        try {
            return new PathLock(own, locked(file, false)::close);
        } catch (IOException | InterruptedException | RuntimeException e) {
            own.unlock();
            throw e;
        }
    }

    /** Waits for the lock, together with others that share it. An interrupt ends the wait. */
    static PathLock share(Path file) throws IOException, InterruptedException {
        var threads = threads(file);
        var own = threads.lock.readLock();
        own.lockInterruptibly();
        try {
            threads.share(file);
            return new PathLock(own, threads::leave);
        } catch (IOException | InterruptedException | RuntimeException e) {
            own.unlock();
            throw e;
        }
    }

    /** The exclusive lock, if it is free. */
    static Optional<PathLock> tryAcquire(Path file) throws IOException {
        var own = threads(file).lock.writeLock();
        if (!own.tryLock()) return Optional.empty();
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) return Optional.of(new PathLock(own, channel::close));
            channel.close();
            own.unlock();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            own.unlock();
            throw e;
        }
    }

    private static Threads threads(Path file) {
        return THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), any -> new Threads());
    }

    private static FileChannel locked(Path file, boolean shared) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            channel.lock(0, Long.MAX_VALUE, shared);
            return channel;
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            channel.close();
            Thread.interrupted();
            throw new InterruptedException("interrupted while waiting for " + file);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            release.run();
        } finally {
            own.unlock();
        }
    }
}
