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

/** A file that only its owner can read and write, from its creation on: for secrets. */
public final class OwnerFile {
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

    private OwnerFile() {}

    /**
     * The content of a file; a missing file is created first.
     *
     * @param fresh content of a new file
     */
    public static String readOrWrite(Path file, Supplier<String> fresh) throws IOException {
        if (!Files.exists(file)) write(file, fresh.get());
        return Files.readString(file);
    }

    /** Whether users other than its owner may access it, by its mode; without modes, its folder protects it. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return view != null && !OWN.containsAll(view.readAttributes().permissions());
    }

    /** Replaces a file atomically and durably. */
    public static void write(Path file, String text) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        // A temporary file is private to its owner, and stays so when renamed.
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
