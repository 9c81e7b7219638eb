package io.taskweaver.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The code that a plan starts from, as a commit.
 *
 * @param folder absolute path of the code on the machine of whoever submitted the plan: where its result belongs; no
 *     service reads it; empty if the code came as text
 * @param commit full object name, 40 hexadecimal digits
 * @param prefix folder below the root of the commit's tree that the plan is about, '/' separated; empty for the root
 * @param start commit that tasks start from: the same, or one on top of it with results of an earlier run
 */
public record BaseCommit(String folder, String commit, String prefix, String start) {
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");

    public BaseCommit {
        if (!OBJECT.matcher(commit).matches()) throw new IllegalArgumentException("no name of a commit: " + commit);
        if (start.isEmpty()) start = commit;
        if (!OBJECT.matcher(start).matches()) throw new IllegalArgumentException("no name of a commit: " + start);
        if (!prefix.isEmpty()) prefix = new FilePath(prefix).value();
    }

    /** Code that tasks start from as it is. */
    public BaseCommit(String folder, String commit, String prefix) {
        this(folder, commit, prefix, commit);
    }

    /** The path in the commit's tree of a path of the plan. */
    public String inTree(String path) {
        return at(start).inTree(path);
    }

    /** The path in the plan of a path in the commit's tree; empty if the plan is not about it. */
    public Optional<String> inPlan(String path) {
        return at(start).inPlan(path);
    }

    /** The code of the plan at a commit of its line. */
    public CodeAt at(String head) {
        return new CodeAt(head, prefix, Optional.empty());
    }
}
