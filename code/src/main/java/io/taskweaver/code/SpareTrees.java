package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Unused work trees, in the repository of their plan. In a large code base writing all files takes most of
 * the time that a work tree takes: a spare one is brought to its own tree again, and becomes the next one by what differs. All
 * processes of a machine that share the repository share them; who renames one has it. What nobody takes for ten minutes is
 * removed with the next one that is kept, of whatever plan.
 */
final class SpareTrees {
    private static final System.Logger LOG = System.getLogger(SpareTrees.class.getName());
    private static final String NAME = "spare";
    private static final String TREE = "tree";
    private static final String INDEX = "index";
    private static final int MOST = 4;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    /** Of fewer files, about a thousand, all are written faster than what was done to them is found. */
    private static final long LEAST_INDEX_BYTES = 100_000;

    private final Path repository;
    private final Path folder;

    SpareTrees(Path repository) {
        this.repository = repository;
        this.folder = repository.resolve(NAME);
    }

    /**
     * Removes a work tree, or keeps it. Nothing of what was done in it stays: files that are not its tree's, ignored ones too,
     * are removed, changed ones are written anew, whoever hid the change; its repository is another one.
     */
    void put(WorkTree tree) throws IOException, InterruptedException {
        try {
            removeOld();
            if (isWorthKeeping(tree)) keep(tree);
        } catch (IOException e) {
            // It costs time only.
            LOG.log(System.Logger.Level.DEBUG, "A work tree is not kept: " + tree.root(), e);
        } finally {
            tree.remove();
        }
    }

    private boolean isWorthKeeping(WorkTree tree) throws IOException {
        return Files.isDirectory(tree.root(), LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(repository)
                && Files.exists(tree.index())
                && Files.size(tree.index()) >= LEAST_INDEX_BYTES
                && all().size() < MOST
                && Files.getFileStore(tree.root()).equals(Files.getFileStore(repository))
                && !isInUse(tree.root());
    }

    private void keep(WorkTree tree) throws IOException, InterruptedException {
        var data = tree.root().resolve(".git");
        WorkFolders.delete(data);
        WorkTree.layOut(tree.root(), repository);
        repair(tree.root(), Files.getPosixFilePermissions(data));
        var git = Git.in(tree.root());
        var own = data.resolve("index");
        WorkTree.copyIndex(tree.index(), own);
        // Git leaves what is in the folder of a submodule alone, whatever somebody puts there.
        if (git.text("ls-files", "--stage").lines().anyMatch(line -> line.startsWith("160000 "))) return;
        git.bytes("read-tree", "--reset", "-u", git.text("write-tree"));
        git.bytes("clean", "-ffdxq");
        var making = folder.resolve(UUID.randomUUID() + ".new");
        Files.createDirectories(making);
        try {
            Files.move(own, making.resolve(INDEX));
            WorkFolders.delete(data);
            Files.move(tree.root(), making.resolve(TREE), StandardCopyOption.ATOMIC_MOVE);
            Files.move(making, folder.resolve(UUID.randomUUID().toString()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            WorkFolders.delete(making);
        }
    }

    /**
     * Makes a work tree's folder of a spare one, without a repository of its own.
     *
     * @param index where its index is put
     * @return whether there is a spare one
     */
    boolean take(Path root, Path index) throws IOException {
        var all = all();
        if (!all.isEmpty()) Files.createDirectories(root.toAbsolutePath().getParent());
        for (var spare : all) {
            var taken = folder.resolve(UUID.randomUUID() + ".taken");
            try {
                Files.move(spare, taken, StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                continue; // Somebody else took it.
            }
            try {
                Files.move(taken.resolve(TREE), root, StandardCopyOption.ATOMIC_MOVE);
                Files.move(taken.resolve(INDEX), index, StandardCopyOption.REPLACE_EXISTING);
                return true;
            } finally {
                WorkFolders.delete(taken);
            }
        }
        return false;
    }

    /** Removes all. */
    void clear() throws IOException {
        WorkFolders.delete(folder);
    }

    /** Removes what nobody took for long: spare trees of plans that ended, and what killed processes were making or taking. */
    private void removeOld() throws IOException {
        var latest = FileTime.from(Instant.now().minus(UNUSED));
        try (var repositories = Files.newDirectoryStream(
                repository.toAbsolutePath().getParent(), each -> Files.isDirectory(each.resolve(NAME)))) {
            for (var each : repositories)
                try (var spares = Files.newDirectoryStream(each.resolve(NAME))) {
                    for (var spare : spares)
                        if (Files.getLastModifiedTime(spare).compareTo(latest) < 0) removeUnused(spare);
                }
        } catch (NoSuchFileException e) {
            // Another process removes them too.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Renamed first, so that nobody takes it meanwhile. */
    private static void removeUnused(Path spare) throws IOException {
        var removed = spare.resolveSibling(UUID.randomUUID() + ".removed");
        Files.move(spare, removed, StandardCopyOption.ATOMIC_MOVE);
        WorkFolders.delete(removed);
    }

    private List<Path> all() throws IOException {
        var all = new ArrayList<Path>();
        try (var spares = Files.newDirectoryStream(
                folder, path -> path.getFileName().toString().indexOf('.') < 0)) {
            spares.forEach(all::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    /** Git neither enters a folder without the right to, nor removes a repository inside a folder of the tree, nor a pipe. */
    private static void repair(Path root, Set<PosixFilePermission> usual) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.getFileName().toString().equals(".git")) {
                    if (!directory.equals(root.resolve(".git"))) WorkFolders.delete(directory);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!Files.getPosixFilePermissions(directory).equals(usual))
                    Files.setPosixFilePermissions(directory, usual);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isOther() || file.getFileName().toString().equals(".git")) Files.delete(file);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Whether a process is left that works in a folder: it would change the files of the next one. */
    private static boolean isInUse(Path folder) throws IOException {
        var real = folder.toRealPath();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (isIn(process.resolve("cwd"), real)) return true;
                try (var open = Files.newDirectoryStream(process.resolve("fd"))) {
                    for (var file : open) if (isIn(file, real)) return true;
                } catch (IOException | DirectoryIteratorException e) {
                    // It ended, or is another user's.
                }
            }
            return false;
        } catch (NoSuchFileException | DirectoryIteratorException e) {
            return true; // It cannot be seen, as elsewhere than on Linux.
        }
    }

    private static boolean isIn(Path link, Path folder) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder);
        } catch (IOException e) {
            return false; // It ended, or is another user's.
        }
    }
}
