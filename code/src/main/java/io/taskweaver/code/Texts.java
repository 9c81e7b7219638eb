package io.taskweaver.code;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes that may be text. */
public final class Texts {
    private Texts() {}

    /** The text; empty if it is not UTF-8, or contains a zero byte. */
    public static Optional<String> of(byte[] bytes) {
        for (byte one : bytes) if (one == 0) return Optional.empty();
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
