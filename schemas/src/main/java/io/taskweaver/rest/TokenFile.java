package io.taskweaver.rest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The token of a local runtime, one line in the file {@code token} of its data folder, which only its owner may read. */
public record TokenFile(Path path) {
    private static final String NAME = "token";
    private static final int BYTES = 32;

    /** That of a data folder; it may not exist yet. */
    public static TokenFile in(Path dataFolder) {
        return new TokenFile(dataFolder.resolve(NAME));
    }

    /** The token; empty if there is no such file. */
    public Optional<String> token() throws IOException {
        return Files.exists(path)
                ? Optional.of(Files.readString(path).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    /** Sees to it that there is one. One that is there stays. */
    public void ensure() throws IOException {
        if (token().isEmpty()) renew();
    }

    /** Writes a new token of 256 random bits. Whoever reads the file finds the old one or the new one, whole. */
    public void renew() throws IOException {
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        // A temporary file is its owner's alone from the start, and stays so under its last name.
        var written = Files.createTempFile(path.toAbsolutePath().getParent(), "." + NAME, ".new");
        try {
            try (var channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
