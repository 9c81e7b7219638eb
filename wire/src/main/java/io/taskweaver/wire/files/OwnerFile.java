package io.taskweaver.wire.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** A file that only its owner may read and write, from the moment that it exists: for secrets. */
public final class OwnerFile {
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

    private OwnerFile() {}

    /**
     * What a file holds; if it is missing, it is made first.
     *
     * @param fresh what a new one is to hold
     */
    public static String readOrWrite(Path file, Supplier<String> fresh) throws IOException {
        if (!Files.exists(file)) write(file, fresh.get());
        return Files.readString(file);
    }

    /** Whether others than its owner may read or write it, by its mode; where there are no modes, its folder keeps them out. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && !OWN.containsAll(view.readAttributes().permissions());
    }

    /** Writes a file anew. It is there whole, on the disk, or as it was before. */
    public static void write(Path file, String text) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        // A temporary file is its owner's alone by definition, and so is what it is renamed to.
        var written = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            try (var channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
