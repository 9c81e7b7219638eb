package io.taskweaver.agents.command;

import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.FileChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fresh work tree with the code, the files of the context and a result, without other files of an agent. Executors of
 * one machine share the folder, and two of them may check one attempt: when an executor is taken for dead, the other one
 * awaits the same run. So each check has a folder of its own, locked while it is in use.
 */
final class CheckFolder {
    private static final String LOCK = "lock";

    private final String prefix;
    private final RunFolder run;
    private final Optional<BaseCommit> base;
    private @Nullable FileChannel lock;

    /**
     * @param folder folder of the kind of check
     * @param name unique per attempt
     */
    CheckFolder(Path folder, String name, Optional<BaseCommit> base) {
        this.prefix = name.replace('/', '~') + "~";
        this.run = new RunFolder(folder.resolve(prefix + UUID.randomUUID()));
        this.base = base;
    }

    RunFolder run() {
        return run;
    }

    /**
     * Makes it.
     *
     * @param files files of the context, path to text
     * @param repository whether it must be a Git repository even if the plan starts from none
     * @return folder of the code
     */
    Path make(Map<String, String> files, List<FileChange> changes, boolean repository)
            throws IOException, InterruptedException {
        Files.createDirectories(run.path());
        lock = FileChannel.open(run.path().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        removeRemains();
        var present = new TreeMap<>(files);
        for (var change : changes) change.content().ifPresent(text -> present.put(change.path(), text));
        var tree = repository || base.isPresent()
                ? WorkTree.create(run.work(), base, present)
                : WorkTree.plain(run.work(), present);
        for (var change : changes) if (change.content().isEmpty()) tree.delete(change.path());
        Files.writeString(run.stdin(), "");
        return tree.folder();
    }

    /** Folders of this attempt that no process uses: it was killed, or kept them. */
    private void removeRemains() throws InterruptedException {
        try (var siblings = Files.newDirectoryStream(
                run.path().getParent(), path -> path.getFileName().toString().startsWith(prefix))) {
            for (var sibling : siblings) if (!isInUse(sibling)) remove(new RunFolder(sibling));
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
                if (!keep) remove(run);
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

    private void remove(RunFolder some) throws IOException, InterruptedException {
        if (!Files.exists(some.path())) return;
        new WorkTree(some.work(), "").remove(base);
        WorkTree.Folders.delete(some.path());
    }
}
