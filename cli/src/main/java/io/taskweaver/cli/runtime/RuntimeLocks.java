package io.taskweaver.cli.runtime;

import io.taskweaver.wire.files.OwnerFolder;
import io.taskweaver.wire.files.RuntimeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Who uses a data folder's runtime: each run holds a shared lock, so that the last one to leave knows that it is the
 * last. Locks go with their process, so a killed run leaves none.
 */
final class RuntimeLocks implements AutoCloseable {
    private static final String USERS = "runs.lock";
    private static final String START = "start.lock";
    private static final String STOPS_WITH_RUNS = "stops-with-runs";

    private final Path dataFolder;
    private final FileChannel users;
    private FileLock use;

    private RuntimeLocks(Path dataFolder, FileChannel users, FileLock use) {
        this.dataFolder = dataFolder;
        this.users = users;
        this.use = use;
    }

    /** Begins to use the runtime; waits while the last other user is stopping it. */
    static RuntimeLocks use(Path dataFolder) throws IOException {
        OwnerFolder.create(dataFolder);
        OwnerFolder.tighten(dataFolder);
        var users = open(dataFolder.resolve(USERS));
        return new RuntimeLocks(dataFolder, users, users.lock(0, Long.MAX_VALUE, true));
    }

    /** Does something that only one process at a time may do: look whether a runtime is up, and start one. */
    static <T> T alone(Path dataFolder, Starting<T> starting) throws IOException {
        try (var channel = open(dataFolder.resolve(START));
                var ignored = channel.lock()) {
            return starting.run();
        }
    }

    /** What is done alone. */
    interface Starting<T> {
        T run() throws IOException;
    }

    /**
     * Whether a runtime holds the folder. Its file alone says nothing: the process that it names may be another by now, and
     * somebody else may have written it. To be asked only of a folder whose runtime seems to be up, for the one that starts
     * finds the lock taken meanwhile.
     */
    static boolean isHeldByRuntime(Path dataFolder) {
        return isHeld(dataFolder.resolve(RuntimeFile.LOCK));
    }

    /** Whether another command looks for a runtime, or starts one. To be asked only where none is up. */
    static boolean isStarting(Path dataFolder) {
        return isHeld(dataFolder.resolve(START));
    }

    private static boolean isHeld(Path file) {
        if (!Files.isRegularFile(file)) return false;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var free = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return free == null;
        } catch (OverlappingFileLockException e) {
            return true; // By this process.
        } catch (IOException e) {
            return false; // Who may not read it is not its user.
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Whether the runtime is to stop with the last run that uses it, or to stay up. */
    static void stopsWithRuns(Path dataFolder, boolean stops) throws IOException {
        var mark = dataFolder.resolve(STOPS_WITH_RUNS);
        if (!stops) Files.deleteIfExists(mark);
        else if (!Files.exists(mark)) Files.createFile(mark);
    }

    /** Whether nobody else uses the runtime and it was started for runs only; from then on others wait. */
    boolean isLastOne() throws IOException {
        use.release();
        var alone = users.tryLock();
        if (alone != null) use = alone;
        return alone != null && Files.exists(dataFolder.resolve(STOPS_WITH_RUNS));
    }

    @Override
    public void close() throws IOException {
        users.close();
    }
}
