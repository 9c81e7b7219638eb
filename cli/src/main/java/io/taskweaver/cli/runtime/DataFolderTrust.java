package io.taskweaver.cli.runtime;

import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.files.OwnerFolder;
import io.taskweaver.wire.files.RuntimeFile;
import io.taskweaver.wire.files.SecretFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a data folder is this user's alone, looked at before anything in it is read or written. What it holds says where
 * commands connect to and with which secrets, and it may have come with a repository or an archive: then it has the usual
 * mode, not the one that the runtime makes it with.
 */
public final class DataFolderTrust {
    private static final List<String> CONNECTIONS = List.of("client.properties", RuntimeFile.NAME, RuntimeFile.LOCK);

    private DataFolderTrust() {}

    /**
     * Does nothing if there is no such folder yet, or nothing in it.
     *
     * @throws RuntimeProblem if it or something in it belongs to another user, or others have rights on it
     */
    public static void check(Path folder) {
        try {
            if (!Files.isDirectory(folder)) return;
            var owner = OwnerFolder.otherOwner(folder);
            if (owner.isPresent())
                throw untrusted(
                        "The data folder " + folder + " belongs to another user, " + owner.get() + ".",
                        "Name another folder with --data-dir.");
            checkEntries(folder);
            var rights = OwnerFolder.rightsOfOthers(folder);
            if (rights.isEmpty()) return;
            boolean written = OwnerFolder.isWrittenByOthers(folder);
            if (!written && isEmpty(folder)) return; // The runtime closes it before it writes there.
            throw untrusted(
                    "Other users have access to the data folder " + folder + " (" + rights.get()
                            + "), so its contents cannot be trusted.",
                    "If it came with a repository or an archive, remove it, or name another folder with --data-dir. If"
                            + " your own runtime created it, restrict it: " + closing(folder)
                            + (written ? ", and remove the files that others could have replaced: " + planted() : "")
                            + ".");
        } catch (IOException e) {
            throw new RuntimeProblem(
                    "The data folder " + folder + " cannot be read: " + StorageFailure.cause(e) + ".",
                    List.of(),
                    StorageFailure.remedy(e, "Name another folder with --data-dir."),
                    e);
        }
    }

    /** A folder that was open to others once may hold what they left. */
    private static void checkEntries(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                var owner = otherOwner(entry);
                if (owner.isPresent())
                    throw untrusted(
                            entry + " in the data folder belongs to another user, " + owner.get() + ".",
                            "Remove it so that the runtime creates it again, or name another folder with --data-dir.");
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static Optional<String> otherOwner(Path entry) throws IOException {
        try {
            return OwnerFolder.otherOwner(entry, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // a starting runtime writes files beside the old ones and renames them
        }
    }

    private static String closing(Path folder) {
        return File.separatorChar == '\\'
                ? "icacls " + folder + " /inheritance:r /grant:r " + System.getProperty("user.name") + ":(OI)(CI)F"
                : "chmod 700 " + folder;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    /** What would be believed of others: the secrets, and where to connect to. */
    private static String planted() {
        return Stream.concat(Arrays.stream(SecretFile.values()).map(SecretFile::fileName), CONNECTIONS.stream())
                .collect(Collectors.joining(", "));
    }

    private static RuntimeProblem untrusted(String message, String hint) {
        return new RuntimeProblem(message, List.of(), hint, null);
    }
}
