package io.taskweaver.client;

import io.taskweaver.client.SettledFiles.RefusedException;
import io.taskweaver.code.Git;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The folder with which a person settles a task: which files it has, unless it evidently is another one than was meant. */
final class SettledFolder {
    /** Nobody writes so many new files to settle one task. */
    private static final int MOST_NEW = 1000;

    private final Path folder;

    SettledFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Paths of its files, '/' separated; Git's ignore rules count where it is a work tree.
     *
     * @param known paths of the plan, with those of the task's result: a copy of the code has some
     * @throws RefusedException if it cannot be read, or is no copy of the code
     */
    List<String> files(Collection<String> known) throws IOException, InterruptedException {
        if (folder.toRealPath().getParent() == null)
            throw new RefusedException(
                    folder + " is the root of the file system, not a copy of the code.", nameAnother());
        boolean isCopy = known.isEmpty() || known.stream().anyMatch(path -> isFile(folder.resolve(path)));
        int most = isCopy ? Integer.MAX_VALUE : MOST_NEW;
        var files = isInWorkTree() ? listed() : walked(most);
        if (files.size() > most)
            throw new RefusedException(
                    folder + " is not a copy of the code: it has more than " + MOST_NEW
                            + " files, and none of those of the plan.",
                    nameAnother());
        return files;
    }

    private static String nameAnother() {
        return "Name the folder that contains the resolved files, at their paths in the code.";
    }

    private List<String> listed() throws IOException, InterruptedException {
        var listed = new String(
                Git.ofUser(folder.toRealPath()).bytes("ls-files", "-z", "--cached", "--others", "--exclude-standard"),
                StandardCharsets.UTF_8);
        return Stream.of(listed.split("\0", -1))
                .filter(path -> !path.isEmpty() && isFile(folder.resolve(path)))
                .distinct()
                .toList();
    }

    /** Ends behind as many files as it may have. */
    private List<String> walked(int most) throws IOException {
        var files = new ArrayList<String>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                return below.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (isFile(file) && !file.endsWith(".git"))
                    files.add(folder.relativize(file).toString().replace('\\', '/'));
                return files.size() > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                throw unreadable(file, e);
            }
        });
        return files;
    }

    static RefusedException unreadable(Path file, IOException e) {
        return new RefusedException(
                file + " cannot be read: " + StorageFailure.cause(e) + ".",
                "Make it readable, or name a folder that contains nothing but resolved files, at their paths in the"
                        + " code.");
    }

    /** Whether Git's ignore rules count; a folder that is ignored itself is a place for results. */
    private boolean isInWorkTree() throws IOException, InterruptedException {
        var git = Git.ofUser(folder.toRealPath());
        var end = git.run(List.of("rev-parse", "--is-inside-work-tree"), new byte[0]);
        if (end.code() != 0) {
            if (end.errors().contains("not a git repository (or any")) return false;
            // Whatever else is wrong, files that Git ignores must not be taken for lack of it.
            throw new RefusedException(
                    "Git cannot use the repository that " + folder + " is in: " + end.errors() + ".",
                    "Correct that; git status shows it there. Or copy the resolved files, without .git, into a folder"
                            + " that is in no repository, and name that.");
        }
        if (!new String(end.output(), StandardCharsets.US_ASCII).strip().equals("true")) return false;
        return Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)
                || git.run(List.of("check-ignore", "--quiet", "."), new byte[0]).code() != 0;
    }

    private static boolean isFile(Path file) {
        return Files.isSymbolicLink(file) || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
