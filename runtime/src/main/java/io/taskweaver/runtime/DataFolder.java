package io.taskweaver.runtime;

import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.runtime.embedded.StartException;
import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.files.OwnerFolder;
import io.taskweaver.wire.files.RuntimeFile;
import io.taskweaver.wire.files.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The folder with all persistent data. One process at a time locks it; the lock ends with the process. */
final class DataFolder implements AutoCloseable {
    /** Version of the folder's layout; a higher one is from a newer program. */
    static final int VERSION = 2;

    private static final String VERSION_FILE = "VERSION";

    private final Path path;
    private final FileChannel channel;
    private final List<String> notes = new ArrayList<>();

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Locks the folder; creates it if missing.
     *
     * @throws StartException if it cannot be written, has another version, or is locked by another process
     */
    static DataFolder take(Path path) {
        try {
            OwnerFolder.create(path);
            checkVersion(path);
            var channel = FileChannel.open(
                    path.resolve(RuntimeFile.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new StartException(
                        "The data folder " + path + " is used by " + holder(path) + ".",
                        "Use that process, stop it with `taskweaver down`, or choose another folder with --data-dir.",
                        null);
            }
            var folder = new DataFolder(path, channel);
            try {
                folder.closeToOthers();
                keepOutOfCode(path);
                writeVersion(path);
            } catch (IOException | StartException e) {
                folder.close();
                throw e;
            }
            return folder;
        } catch (IOException e) {
            throw new StartException(
                    "The data folder " + path + " cannot be used: " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Give this user write access, or choose another folder with --data-dir."),
                    e);
        }
    }

    /** A data folder inside a repository is not part of its code. */
    private static void keepOutOfCode(Path path) throws IOException {
        try {
            Files.writeString(path.resolve(".gitignore"), "*\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            // From an earlier start.
        }
    }

    /** Removes the file that says that a runtime is ready. */
    void removeRuntimeFile() {
        try {
            RuntimeFile.remove(path);
        } catch (IOException e) {
            System.err.println(path.resolve(RuntimeFile.NAME) + " could not be removed: " + e.getMessage());
        }
    }

    /** The process that locks the folder, for people. */
    static String holder(Path path) {
        return RuntimeFile.read(path)
                .map(file -> "process " + file.pid() + ", whose services are at " + file.http())
                .orElse("another process that is starting or stopping");
    }

    /** The owner of a folder can always read it, so it must be this user. */
    private void closeToOthers() throws IOException {
        var probe = Files.createTempFile(path, "owner", null);
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(path)))
                throw new StartException(
                        "The data folder " + path + " belongs to another user, " + Files.getOwner(path)
                                + ", who could read its secrets.",
                        "Choose another folder with --data-dir, or make " + Files.getOwner(probe) + " its owner.",
                        null);
        } finally {
            Files.delete(probe);
        }
        boolean written = OwnerFolder.isWrittenByOthers(path);
        OwnerFolder.tighten(path)
                .ifPresent(mode ->
                        note("Other users had access to the data folder " + path + " (" + mode + "); it was removed."));
        forgetKnownSecrets(written);
    }

    /** Secrets that other users could write or read are replaced. */
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
                    + ". They were regenerated: your programs find the new ones there and in client.properties.");
    }

    /** Adds a note about this start for the user. */
    void note(String text) {
        System.out.println(text);
        notes.add(text);
    }

    /** Notes about this start for the user. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private static void checkVersion(Path path) throws IOException {
        var file = path.resolve(VERSION_FILE);
        if (!Files.exists(file)) return;
        var found = Files.readString(file).strip();
        if (!found.equals(Integer.toString(VERSION)))
            throw new StartException(
                    "The data folder " + path + " has the layout of version '" + found
                            + "'; this program supports version " + VERSION + ". Nothing in it was changed.",
                    "Use the program that created it, move the folder away, or choose another with --data-dir.",
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
