package io.taskweaver.agents.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names of folders of runs and checks. Tools read some characters of a path as their own syntax: Node's import decodes
 * '%', shells expand '~'. Different ids have different names, and no id names another folder.
 */
final class FolderName {
    private static final int LONGEST = 150;
    private static final int HASH_BYTES = 16;

    private FolderName() {}

    /**
     * The name for an id.
     *
     * @param id parts joined by '/' or '~', both of which become '.'
     */
    static String of(String id) {
        var name = new StringBuilder();
        for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
            if (each == '/' || each == '~') name.append('.');
            else if (isPlain(each)) name.append((char) each);
            else name.append('_').append(HexFormat.of().toHexDigits(each));
        }
        // Names that begin with a dot are hidden, or other folders.
        if (name.isEmpty() || name.charAt(0) == '.') name.insert(0, '_');
        return name.length() <= LONGEST ? name.toString() : name.substring(0, LONGEST) + "_." + hash(id);
    }

    private static boolean isPlain(byte each) {
        return each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each >= '0' && each <= '9' || each == '-';
    }

    private static String hash(String id) {
        try {
            var sha = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
