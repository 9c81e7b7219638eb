package io.taskweaver.agents.command;

import io.taskweaver.code.PreparedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The files that a set-up command made, taken out of the work tree in which it ran.
 *
 * @param roots paths of that work tree, as text in files
 * @param mentioning files and links that name one of them
 * @param bytes on the disk, about
 */
record SetupContent(List<String> roots, List<String> mentioning, long bytes) {
    /** A longer file is not a script or a setting that somebody wrote a path into. */
    private static final long LONGEST_TEXT = 1 << 20;

    private static final long BLOCK = 4096;

    /**
     * Moves the files into another folder of the same file system.
     *
     * @param into folder that does not exist
     */
    static SetupContent take(PreparedFiles files, Path root, Path into) throws IOException {
        Files.createDirectories(into);
        for (var path : files.added()) move(root, into, path);
        for (var change : files.changed()) if (change.after().isPresent()) move(root, into, change.path());
        var roots = roots(root);
        var scan = new Scan(into, roots);
        Files.walkFileTree(into, scan);
        return new SetupContent(roots, scan.mentioning, scan.bytes);
    }

    /** The paths by which programs know a folder: with links, and without. */
    static List<String> roots(Path root) throws IOException {
        var roots = new LinkedHashSet<String>();
        roots.add(root.toAbsolutePath().normalize().toString());
        roots.add(root.toRealPath().toString());
        return List.copyOf(roots);
    }

    private static void move(Path root, Path into, String path) throws IOException {
        if (path.startsWith("\""))
            throw new IOException(
                    "the set-up command made " + path + ", whose name is not UTF-8, and cannot be copied");
        var to = into.resolve(path);
        Files.createDirectories(to.getParent());
        Files.move(root.resolve(path), to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static final class Scan extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final List<byte[]> roots;
        private final List<String> mentioning = new ArrayList<>();
        private long bytes;

        Scan(Path folder, List<String> roots) {
            this.folder = folder;
            this.roots = roots.stream()
                    .map(root -> root.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            bytes += (attributes.size() + BLOCK - 1) / BLOCK * BLOCK + BLOCK / 8;
            if (mentions(file, attributes))
                mentioning.add(folder.relativize(file).toString());
            return FileVisitResult.CONTINUE;
        }

        private boolean mentions(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink())
                return isIn(Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8));
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || attributes.size() > LONGEST_TEXT
                    || !Files.isReadable(file)) return false;
            var content = Files.readAllBytes(file);
            return isIn(content) && !isBinary(content);
        }

        private boolean isIn(byte[] content) {
            return roots.stream().anyMatch(root -> contains(content, root));
        }

        private static boolean isBinary(byte[] content) {
            for (byte b : content) if (b == 0) return true;
            return false;
        }

        private static boolean contains(byte[] content, byte[] part) {
            for (int i = 0; i + part.length <= content.length; i++)
                if (content[i] == part[0]
                        && content[i + part.length - 1] == part[part.length - 1]
                        && java.util.Arrays.equals(content, i, i + part.length, part, 0, part.length)) return true;
            return false;
        }
    }
}
