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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fresh work tree of a result, without what else an agent left. Executors of one machine share the folder, and two of them may check one attempt: when an executor is taken for dead, the other one
 * awaits the same run. So each check has a folder of its own, locked while it is in use.
 */
final class CheckFolder {
    private static final String LOCK = "lock";

    /** How long a folder may be without a lock. */
    private static final Duration MAKING = Duration.ofMinutes(10);

    private static final Pattern UNIQUE = Pattern.compile("\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

    /** Folders that this process uses. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final String prefix;
    private final RunFolder run;
    private @Nullable FileChannel lock;
    private @Nullable Path repository;

    /**
     * @param folder folder of the kind of check
     * @param name unique per attempt
     */
    CheckFolder(Path folder, String name) {
        this.folder = folder;
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
        OURS.add(run.path());
        lock = locked();
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

    /**
     * Removes folders that no process uses: who made them was killed, or kept them. What still runs in them is ended.
     *
     * @param prefix beginning of their names
     * @return those that were removed
     */
    static List<Path> removeUnused(Path folder, String prefix) throws IOException, InterruptedException {
        var removed = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(folder, path -> isOne(path, prefix))) {
            for (var each : all) if (isRemovedUnused(each)) removed.add(each);
        } catch (NoSuchFileException e) {
            return removed; // Nothing was checked here, or another executor removes them too.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return removed;
    }

    private static boolean isOne(Path path, String prefix) {
        var name = path.getFileName().toString();
        return name.startsWith(prefix) && UNIQUE.matcher(name).find();
    }

    /** Opening the lock of a folder that this process uses, and closing it, would end the lock. */
    private static boolean isRemovedUnused(Path folder) throws IOException, InterruptedException {
        if (OURS.contains(folder)) return false;
        var file = folder.resolve(LOCK);
        if (!Files.exists(file)) {
            if (!isOlderThan(MAKING, folder)) return false; // It is being made or removed.
            remove(folder);
            return true;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var taken = channel.tryLock()) {
            if (taken == null) return false;
            remove(folder);
            return true;
        } catch (OverlappingFileLockException e) {
            return false; // Another thread is removing it.
        }
    }

    private static boolean isOlderThan(Duration age, Path folder) throws IOException {
        return Files.getLastModifiedTime(folder)
                .toInstant()
                .isBefore(Instant.now().minus(age));
    }

    private static void remove(Path folder) throws IOException, InterruptedException {
        new CommandProcess(new RunFolder(folder)).endRemains();
        WorkFolders.delete(folder);
    }

    private void removeRemains() throws InterruptedException {
        try {
            removeUnused(folder, prefix);
        } catch (IOException | UncheckedIOException e) {
            unremoved(e); // Another executor may be removing them too.
        }
    }

    /** Another executor may find the folder before it is locked, and remove it. */
    private FileChannel locked() throws IOException {
        var file = run.path().resolve(LOCK);
        while (true) {
            Files.createDirectories(run.path());
            try {
                var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                channel.lock();
                if (Files.exists(file)) return channel;
                channel.close();
            } catch (NoSuchFileException e) {
                continue;
            }
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
        } finally {
            OURS.remove(run.path());
        }
    }

    /** No reason to fail: remains are removed at the next check of the same attempt, or start of an executor. */
    private void unremoved(Exception cause) {
        System.getLogger(CheckFolder.class.getName())
                .log(
                        System.Logger.Level.WARNING,
                        "A folder could not be removed, for the check in " + run.path(),
                        cause);
    }
}
