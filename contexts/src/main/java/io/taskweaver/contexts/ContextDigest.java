package io.taskweaver.contexts;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Digest of a set of files: the sum, modulo 2^256, of one SHA-256 per file. The hash of a file is over the length of its
 * path (four bytes, big-endian, of UTF-8), the path and the text. A sum does not depend on the order of its parts, and a
 * changed file is taken out and put in without reading the others. It distinguishes contexts; it is no
 * defence against someone who constructs texts to collide.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ContextDigest(String hex) {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    /** Digest of no files. */
    public static final ContextDigest EMPTY = new ContextDigest("0".repeat(64));

    public ContextDigest {
        if (hex.length() != 64) throw new IllegalArgumentException("not a digest: '" + hex + "'");
    }

    /** The digest with one file more. */
    public ContextDigest with(String path, String content) {
        return of(sum().add(hash(path, content)));
    }

    /** The digest with a file of it taken out. */
    public ContextDigest without(String path, String content) {
        return of(sum().subtract(hash(path, content)));
    }

    private BigInteger sum() {
        return new BigInteger(hex, 16);
    }

    private static ContextDigest of(BigInteger sum) {
        var digits = sum.mod(MODULUS).toString(16);
        return new ContextDigest("0".repeat(64 - digits.length()) + digits);
    }

    private static BigInteger hash(String path, String content) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            var name = path.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
            sha.update(name);
            return new BigInteger(1, sha.digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
