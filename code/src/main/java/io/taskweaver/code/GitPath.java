package io.taskweaver.code;

import io.taskweaver.model.FilePath;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Paths as text. Git's paths are bytes. One that is not UTF-8, or that begins with a double quote, is written in double
 * quotes with octal escapes, as Git writes it, so that every path has one text and every text one path.
 */
public final class GitPath {
    private GitPath() {}

    /** The text of a path. */
    public static String text(byte[] path) {
        var text = decoded(path);
        return text == null || text.startsWith("\"") ? quoted(path) : text;
    }

    /** Texts of the paths of an output of Git with {@code -z}. */
    static List<String> zeroSeparated(byte[] output) {
        var paths = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i < output.length; i++)
            if (output[i] == 0) {
                paths.add(text(Arrays.copyOfRange(output, from, i)));
                from = i + 1;
            }
        return paths;
    }

    /** The text of a path that is written as it is, whatever it begins with. */
    public static String of(String plain) {
        return text(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of a path. */
    public static byte[] bytes(String text) {
        if (!text.startsWith("\"")) return text.getBytes(StandardCharsets.UTF_8);
        if (text.length() < 2 || !text.endsWith("\"")) throw new IllegalArgumentException("no path: " + text);
        var bytes = new ByteArrayOutputStream();
        for (int at = 1; at < text.length() - 1; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                bytes.write(Integer.parseInt(text.substring(at + 1, at + 4), 8));
                at += 3;
            } else bytes.write(c);
        }
        return bytes.toByteArray();
    }

    /** The file that a path means in a folder. Java makes no path of text that has these bytes, but of a URI that has. */
    static Path in(Path folder, String path) {
        if (!path.startsWith("\"")) return folder.resolve(path);
        var uri = new StringBuilder(folder.toUri().toString());
        if (uri.charAt(uri.length() - 1) != '/') uri.append('/');
        for (byte each : bytes(path)) uri.append(each == '/' ? "/" : String.format("%%%02X", Byte.toUnsignedInt(each)));
        return Path.of(URI.create(uri.toString()));
    }

    /** Texts of the folders that a path is in, the outermost first. */
    public static List<String> folders(String path) {
        if (!path.startsWith("\"")) return FilePath.folders(path);
        var bytes = bytes(path);
        var folders = new ArrayList<String>();
        for (int i = 0; i < bytes.length; i++) if (bytes[i] == '/') folders.add(text(Arrays.copyOf(bytes, i)));
        return folders;
    }

    /** The text of the folder that a path is in; empty for the root. */
    static String parent(String path) {
        var folders = folders(path);
        return folders.isEmpty() ? "" : folders.getLast();
    }

    /** The path of what a folder holds under a name. */
    static String within(String folder, String name) {
        if (folder.isEmpty()) return name;
        if (!folder.startsWith("\"") && !name.startsWith("\"")) return folder + "/" + name;
        return text(concatenated(concatenated(bytes(folder), new byte[] {'/'}), bytes(name)));
    }

    /** The path that a path in one folder has in another one. */
    static String moved(String path, String folder, String other) {
        var bytes = bytes(path);
        return text(concatenated(bytes(other), Arrays.copyOfRange(bytes, bytes(folder).length, bytes.length)));
    }

    private static byte[] concatenated(byte[] some, byte[] more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    /**
     * Whether a path is in a folder, or below it.
     *
     * @param folder '/' separated; empty for the root
     */
    static boolean isIn(String path, String folder) {
        if (folder.isEmpty()) return true;
        var whole = bytes(path);
        var part = bytes(folder + "/");
        return Arrays.mismatch(whole, part) == part.length;
    }

    private static @Nullable String decoded(byte[] path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** In double quotes, as Git reads a path in a line or a list. */
    static String quoted(byte[] path) {
        var text = new StringBuilder("\"");
        for (byte each : path) {
            int c = Byte.toUnsignedInt(each);
            if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') text.append(String.format("\\%03o", c));
            else text.append((char) c);
        }
        return text.append('"').toString();
    }
}
