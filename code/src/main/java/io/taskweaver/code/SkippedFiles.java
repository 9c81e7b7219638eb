package io.taskweaver.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.util.FS;

/** Files that {@code git sparse-checkout} took out of a work tree: they are not deleted, and Git's own index says so. */
final class SkippedFiles {
    private SkippedFiles() {}

    /** Lines for {@code git update-index -z --index-info} that give them back to the index of a result. */
    static byte[] of(Path root, CodeRepository code, String before) throws IOException {
        var lines = new ByteArrayOutputStream();
        var index = root.resolve(".git/index");
        if (!Files.isRegularFile(index, LinkOption.NOFOLLOW_LINKS)) return lines.toByteArray();
        for (var entry : entries(index)) {
            if (!entry.isSkipWorkTree()) continue;
            var path = GitPath.of(entry.getPathString());
            if (!path.startsWith("\"") && Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) continue;
            var old = code.entry(before, path);
            if (old.isPresent())
                lines.writeBytes(WorkTree.indexLine(
                        Integer.toOctalString(old.get().mode()) + " "
                                + old.get().object(),
                        path));
        }
        return lines.toByteArray();
    }

    private static DirCacheEntry[] entries(Path index) {
        try {
            var read = DirCache.read(index.toFile(), FS.DETECTED);
            return read.getEntriesWithin("");
        } catch (IOException | RuntimeException e) {
            // Whoever worked there may have left anything: what Git itself cannot read says nothing of files.
            return new DirCacheEntry[0];
        }
    }
}
