package io.taskweaver.client.output;

import io.taskweaver.model.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Which paths may be written below the output folder. Agents choose paths, so they are not trusted. */
final class OutputPaths {
    private static final int LONGEST_NAME_BYTES = 200;

    private OutputPaths() {}

    /** Why a '/' separated path may not be written below the folder; empty if it may. */
    static Optional<String> problem(String path) {
        return FilePath.problem(path)
                .or(() -> Arrays.stream(path.split("/", -1))
                        .filter(name -> !isSafeName(name))
                        .findFirst()
                        .map(name -> "one of its parts is longer than " + LONGEST_NAME_BYTES + " bytes"));
    }

    private static boolean isSafeName(String name) {
        return !name.isBlank()
                && !name.equals(".")
                && !name.equals("..")
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
