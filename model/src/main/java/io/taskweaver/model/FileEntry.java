package io.taskweaver.model;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a path holds in a Git tree.
 *
 * @param mode as Git has it: 0100644, 0100755 (executable), 0120000 (symbolic link) or 0160000 (submodule)
 * @param object full object name of the blob, or of the submodule's commit; 40 hexadecimal digits
 * @param bytes size of the blob; 0 for a submodule
 */
public record FileEntry(int mode, String object, long bytes) {
    public static final int FILE = 0100644;
    public static final int EXECUTABLE = 0100755;
    public static final int LINK = 0120000;
    public static final int SUBMODULE = 0160000;

    private static final Set<Integer> MODES = Set.of(FILE, EXECUTABLE, LINK, SUBMODULE);
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");

    public FileEntry {
        if (!MODES.contains(mode))
            throw new IllegalArgumentException("no mode of a file: " + Integer.toOctalString(mode));
        if (!OBJECT.matcher(object).matches()) throw new IllegalArgumentException("no name of an object: " + object);
        if (bytes < 0) throw new IllegalArgumentException("the size is negative: " + bytes);
    }

    /** Whether it is a file with bytes of its own, executable or not. */
    public boolean isFile() {
        return mode == FILE || mode == EXECUTABLE;
    }

    /** Whether both hold the same. */
    public boolean isSame(FileEntry other) {
        return mode == other.mode && object.equals(other.object);
    }
}
