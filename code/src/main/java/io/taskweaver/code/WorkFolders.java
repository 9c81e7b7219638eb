package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders that agents work in, and other temporary ones. */
public final class WorkFolders {
    private static final int TRIES = 10;

    private WorkFolders() {}

    /** Deletes a file if it is there, and the folders below a root that it leaves empty. */
    public static void deleteFile(Path file, Path root) throws IOException {
        Files.deleteIfExists(file);
        for (var above = file.getParent(); above != null && !above.equals(root); above = above.getParent())
            try {
                Files.delete(above);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return;
            }
    }

    /**
     * Deletes a folder with all that is in it, which others may be deleting as well, or, as a process that was killed just
     * now, still write to. Links are not followed.
     */
    public static void delete(Path folder) throws IOException {
        for (int left = TRIES; ; left--)
            try {
                deleteOnce(folder);
                return;
            } catch (DirectoryNotEmptyException e) {
                if (left == 1) throw e;
            }
    }

    /** Gives a folder back the rights that an agent took away; false if it is none, or had them. */
    static boolean makeAccessible(Path file) {
        var folder = file.toFile();
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                && !(folder.canRead() && folder.canExecute())
                && folder.setReadable(true)
                && folder.setExecutable(true);
    }

    private static void deleteOnce(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                // An agent may have taken away the right to change it.
                directory.toFile().setWritable(true);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
                // A folder is opened before it is visited.
                if (!(e instanceof AccessDeniedException) || !makeAccessible(file)) throw e;
                deleteOnce(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null && !(e instanceof NoSuchFileException)) throw e;
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
