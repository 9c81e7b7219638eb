package io.taskweaver.wire.rest;

import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.files.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The token of a local runtime, one line in the file {@code token} of its data folder, which only its owner can read.
 */
public record TokenFile(Path path) {
    private static final int BYTES = 32;

    /** The token file of a data folder; it may not exist yet. */
    public static TokenFile in(Path dataFolder) {
        return new TokenFile(SecretFile.TOKEN.in(dataFolder));
    }

    /** The token; empty if there is no such file. */
    public Optional<String> token() throws IOException {
        return Files.exists(path)
                ? Optional.of(Files.readString(path).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    /** Creates a token if there is none. */
    public void ensure() throws IOException {
        if (token().isEmpty()) renew();
    }

    /** Replaces the token atomically by a new one of 256 random bits. */
    public void renew() throws IOException {
        var random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        var text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        OwnerFile.write(path, text);
    }
}
