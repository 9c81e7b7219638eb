package io.taskweaver.model;

import java.util.regex.Pattern;

/**
 * The state of a Git repository that a plan starts from.
 *
 * @param folder absolute path of the code: the root of a working tree, or a folder below it
 * @param commit full object name, 40 or 64 hexadecimal digits
 */
public record BaseCommit(String folder, String commit) {
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?");

    public BaseCommit {
        if (folder.isBlank()) throw new IllegalArgumentException("the folder of the code must be named");
        if (!OBJECT.matcher(commit).matches()) throw new IllegalArgumentException("no name of a commit: " + commit);
    }
}
