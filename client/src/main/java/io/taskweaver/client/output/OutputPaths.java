package io.taskweaver.client.output;

import java.nio.charset.StandardCharsets;

/** Which paths may be written below the output folder. Agents choose paths, so they are not trusted. */
final class OutputPaths {
    private static final int LONGEST_NAME_BYTES = 200;

    private OutputPaths() {}

    /** Whether a '/' separated path stays below the folder on every file system. */
    static boolean isSafe(String path) {
        if (path.isBlank() || path.startsWith("/") || path.indexOf('\\') >= 0) return false;
        if (path.length() > 1 && path.charAt(1) == ':') return false;
        for (var segment : path.split("/", -1)) if (!isSafeName(segment)) return false;
        return true;
    }

    private static boolean isSafeName(String name) {
        return !name.isBlank()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(Character::isISOControl)
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME_BYTES;
    }

    /** A text as one name: what is not a letter, digit, '.', '_' or '-' becomes its code point in hex, so that no two texts share a name. */
    static String name(String text) {
        var name = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isLetterOrDigit(point) || point == '.' || point == '_' || point == '-')
                name.appendCodePoint(point);
            else if (point == ' ') name.append('-');
            else name.append('%').append(Integer.toHexString(point));
        });
        var cut = name.substring(0, Math.min(name.length(), 60));
        if (cut.length() < name.length()) cut += "-" + Integer.toHexString(text.hashCode());
        return isSafeName(cut) ? cut : "x" + Integer.toHexString(text.hashCode());
    }
}
