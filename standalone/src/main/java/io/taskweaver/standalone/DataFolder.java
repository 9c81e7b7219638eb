package io.taskweaver.standalone;

import io.taskweaver.domain.storage.StorageFailure;
import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.files.OwnerFolder;
import io.taskweaver.wire.files.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder with all that outlives the process. One process at a time holds it; the lock goes with the process, however
 * that ends.
 */
final class DataFolder implements AutoCloseable {
    /** Layout of the folder; a greater one is of a newer program. */
    static final int VERSION = 2;

    private static final String VERSION_FILE = "VERSION";
    private static final String LOCK_FILE = "runtime.lock";

    private final Path path;
    private final FileChannel channel;
    private final List<String> notes = new ArrayList<>();

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
            OwnerFolder.create(path);
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
            var folder = new DataFolder(path, channel);
            try {
                folder.closeToOthers();
                writeVersion(path);
            } catch (IOException | StartProblem e) {
                folder.close();
                throw e;
            }
            return folder;
        } catch (IOException e) {
            throw new StartProblem(
                    "The data folder " + path + " cannot be used: " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(
                            e, "Give this user the right to write there, or name another folder with --data-dir."),
                    e);
        }
    }

    /** Whoever owns a folder may read it whatever its mode: it has to be this user's. */
    private void closeToOthers() throws IOException {
        var probe = Files.createTempFile(path, "owner", null);
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(path)))
                throw new StartProblem(
                        "The data folder " + path + " belongs to another user, " + Files.getOwner(path)
                                + ", who could read its secrets.",
                        "Name another folder with --data-dir, or make " + Files.getOwner(probe) + " its owner.",
                        null);
        } finally {
            Files.delete(probe);
        }
        boolean written = OwnerFolder.isWrittenByOthers(path);
        OwnerFolder.tighten(path)
                .ifPresent(mode -> note("Other users had rights on the data folder " + path + " (" + mode
                        + "): they were taken away."));
        forgetKnownSecrets(written);
    }

    /** Secrets that others put there, or could read, are none: new ones are made. */
    private void forgetKnownSecrets(boolean written) throws IOException {
        var forgotten = new ArrayList<String>();
        for (var secret : SecretFile.values()) {
            var file = secret.in(path);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) continue;
            if (!written
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && OwnerFolder.otherOwner(file).isEmpty()
                    && !OwnerFile.isOpenToOthers(file)) continue;
            Files.delete(file);
            forgotten.add(secret.fileName());
        }
        if (!forgotten.isEmpty())
            note("Other users could write or read " + String.join(", ", forgotten) + " in " + path
                    + ": they are made anew. Programs of yours find the new ones there and in client.properties.");
    }

    /** Remembers what the user has to be told of this start. */
    void note(String text) {
        System.out.println(text);
        notes.add(text);
    }

    /** What the user has to be told of this start. */
    List<String> notes() {
        return List.copyOf(notes);
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
