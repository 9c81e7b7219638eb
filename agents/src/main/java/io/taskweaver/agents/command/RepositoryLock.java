package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Serializes changes to a repository's list of work trees, among all threads and processes of this program: git fails
 * if another git process is adding or removing an entry.
 */
final class RepositoryLock implements AutoCloseable {
    /** A file lock works between processes, not threads. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel processes;

    private RepositoryLock(ReentrantLock threads, FileChannel processes) {
        this.threads = threads;
        this.processes = processes;
    }

    /**
     * Acquires the lock.
     *
     * @param code a folder in the repository
     */
    static RepositoryLock of(Path code) throws IOException, InterruptedException {
        var repository = code.resolve(new Git(code).text("rev-parse", "--git-common-dir"));
        var threads = THREADS.computeIfAbsent(repository.toRealPath(), any -> new ReentrantLock());
        threads.lockInterruptibly();
        try {
            return new RepositoryLock(threads, locked(repository.resolve("taskweaver.lock")));
        } catch (FileLockInterruptionException | ClosedByInterruptException e) {
            threads.unlock();
            throw new InterruptedException("interrupted while waiting for the repository " + repository);
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            processes.close();
        } finally {
            threads.unlock();
        }
    }
}
