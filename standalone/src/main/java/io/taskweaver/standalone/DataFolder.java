package io.taskweaver.standalone;

import io.taskweaver.domain.storage.StorageFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The folder with all that outlives the process. One process at a time holds it; the lock goes with the process, however
 * that ends.
 */
final class DataFolder implements AutoCloseable {
    /** Layout of the folder; a greater one is of a newer program. */
    static final int VERSION = 1;

    private static final String VERSION_FILE = "VERSION";
    private static final String LOCK_FILE = "runtime.lock";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the folder; makes it if it is missing.
     *
     * @throws StartProblem when it can not be written, is of another version, or is held by another process
     */
    static DataFolder take(Path path) {
        try {
            Files.createDirectories(path);
            checkVersion(path);
            var channel =
                    FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new StartProblem(
                        "The data folder " + path + " is used by " + RuntimeFile.describe(path) + ".",
                        "Use that one, stop it with `taskweaver down`, or name another folder with --data-dir.",
                        null);
            }
            writeVersion(path);
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new StartProblem(
                    "The data folder " + path + " cannot be used: " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(
                            e, "Give this user the right to write there, or name another folder with --data-dir."),
                    e);
        }
    }

    private static void checkVersion(Path path) throws IOException {
        var file = path.resolve(VERSION_FILE);
        if (!Files.exists(file)) return;
        var found = Files.readString(file).strip();
        if (!found.equals(Integer.toString(VERSION)))
            throw new StartProblem(
                    "The data folder " + path + " has the layout of version '" + found
                            + "'; this program knows version " + VERSION + ". Nothing in it was changed.",
                    "Use the program that made it, move the folder away, or name another with --data-dir.",
                    null);
    }

    private static void writeVersion(Path path) throws IOException {
        var file = path.resolve(VERSION_FILE);
        if (Files.exists(file)) return;
        var written = Files.writeString(path.resolve(VERSION_FILE + ".new"), VERSION + "\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
