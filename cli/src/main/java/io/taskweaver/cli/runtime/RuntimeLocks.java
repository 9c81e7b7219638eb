package io.taskweaver.cli.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

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
        makeFolder(dataFolder);
        var users = open(dataFolder.resolve(USERS));
        return new RuntimeLocks(dataFolder, users, users.lock(0, Long.MAX_VALUE, true));
    }

    /** Does something that only one process at a time may do: look whether a runtime is up, and start one. */
    static <T> T alone(Path dataFolder, Starting<T> starting) throws IOException {
        makeFolder(dataFolder);
        try (var channel = open(dataFolder.resolve(START));
                var ignored = channel.lock()) {
            return starting.run();
        }
    }

    /** What is done alone. */
    interface Starting<T> {
        T run() throws IOException;
    }

    /** For this user alone from its first moment, where there are modes of files; the runtime sees to one that is there. */
    private static void makeFolder(Path dataFolder) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix"))
            Files.createDirectories(
                    dataFolder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        else Files.createDirectories(dataFolder);
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
