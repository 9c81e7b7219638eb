package io.taskweaver.agents.command;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.code.WorkFolders;
import io.taskweaver.code.WorkTree;
import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fresh work tree of a result, without what else an agent left. Executors of one machine share the folder, and two of them may check one attempt: when an executor is taken for dead, the other one
 * awaits the same run. So each check has a folder of its own, locked while it is in use.
 */
final class CheckFolder {
    private static final String LOCK = "lock";

    private final String prefix;
    private final RunFolder run;
    private @Nullable FileChannel lock;
    private @Nullable Path repository;

    /**
     * @param folder folder of the kind of check
     * @param name unique per attempt
     */
    CheckFolder(Path folder, String name) {
        this.prefix = FolderName.of(name) + ".";
        this.run = new RunFolder(folder.resolve(prefix + UUID.randomUUID()));
    }

    RunFolder run() {
        return run;
    }

    /** A work tree, or why there is none. */
    sealed interface Work {
        /** The folder of the code in it. */
        record Ready(Path code) implements Work {}

        /** It cannot be prepared. */
        record Unprepared(String reason) implements Work {}
    }

    /**
     * Makes it.
     *
     * @param code the result
     * @param limit how long its preparation may take
     */
    Work make(AgentCode code, TreePreparation preparation, Duration limit) throws IOException, InterruptedException {
        Files.createDirectories(run.path());
        lock = FileChannel.open(run.path().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        removeRemains();
        repository = code.repository().folder();
        var tree = WorkTree.create(run.work(), code.repository(), code.commit(), code.tree());
        Files.writeString(run.stdin(), "");
        return switch (preparation.prepare(tree, code, limit)) {
            case TreePreparation.Prepared.Ready ready -> new Work.Ready(tree.folder(code.prefix()));
            case TreePreparation.Prepared.Failed(String reason) -> new Work.Unprepared(reason);
        };
    }

    /**
     * Writes a file of the code.
     *
     * @param code folder of the code
     * @throws IOException if a folder of the path is a link, whose target may be outside
     */
    static void write(Path code, String path, String text) throws IOException {
        for (var folder : FilePath.folders(new FilePath(path).value()))
            if (Files.isSymbolicLink(code.resolve(folder)))
                throw new IOException(
                        FilePath.refused(path, "'" + folder + "' is a link, which may lead out of the work tree"));
        var file = code.resolve(path);
        Files.createDirectories(file.getParent());
        if (Files.isSymbolicLink(file)) Files.delete(file);
        Files.writeString(file, text);
    }

    /** Folders of this attempt that no process uses: it was killed, or kept them. */
    private void removeRemains() {
        try (var siblings = Files.newDirectoryStream(
                run.path().getParent(), path -> path.getFileName().toString().startsWith(prefix))) {
            for (var sibling : siblings) if (!isInUse(sibling)) WorkFolders.delete(sibling);
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            unremoved(e); // Another executor may be removing them too.
        }
    }

    private static boolean isInUse(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                var taken = channel.tryLock()) {
            return taken == null;
        } catch (OverlappingFileLockException | NoSuchFileException e) {
            return true; // It is locked by this process, or being made or removed.
        }
    }

    /**
     * Ends the use of the folder.
     *
     * @param keep whether it stays until the attempt is checked again
     */
    void close(boolean keep) throws InterruptedException {
        try {
            try (var held = lock) {
                if (!keep) run.remove(Optional.ofNullable(repository));
            }
        } catch (IOException | UncheckedIOException e) {
            unremoved(e);
        }
    }

    /** No reason to fail: remains are removed at the next check of the same attempt. */
    private void unremoved(Exception cause) {
        System.getLogger(CheckFolder.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "A folder could not be removed, for the check in " + run.path(),
                        cause);
    }
}
