package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;

/**
 * A folder for objects that are to come into a repository of a user, until all of them are there: what a full disk or a
 * refusal leaves half written is removed with it. It has the name of those in which Git itself receives a push, so that
 * {@code git gc} removes one that a killed process left.
 */
final class Quarantine implements AutoCloseable {
    private static final String PACK = "pack";

    private final Path objects;
    private final Path folder;

    private Quarantine(Path objects, Path folder) {
        this.objects = objects;
        this.folder = folder;
    }

    /** @param objects folder with the objects of the repository */
    static Quarantine in(Path objects) throws IOException {
        var folder = Files.createTempDirectory(objects, "tmp_objdir-taskweaver-");
        Files.createDirectory(folder.resolve(PACK));
        return new Quarantine(objects, folder);
    }

    /** Has Git write there, and read what the repository has. */
    Git of(Git git) throws IOException {
        return git.with(Map.of(
                "GIT_OBJECT_DIRECTORY",
                folder.toAbsolutePath().toString(),
                "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                BorrowedObjects.variable(objects.toRealPath())));
    }

    /** Brings the packs in it into the repository. */
    void release() throws IOException {
        try (var files = Files.list(folder.resolve(PACK))) {
            // A pack is there for Git as soon as its index is.
            var last = Comparator.comparing(
                    (Path file) -> file.getFileName().toString().endsWith(".idx"));
            for (var file : files.sorted(last).toList()) {
                var to = Files.createDirectories(objects.resolve(PACK)).resolve(file.getFileName());
                // The same name is the same content, which another process may be reading.
                if (!Files.exists(to)) Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    @Override
    public void close() throws IOException {
        WorkFolders.delete(folder);
    }
}
