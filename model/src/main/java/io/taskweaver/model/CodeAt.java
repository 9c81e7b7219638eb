package io.taskweaver.model;

import java.util.Optional;

/**
 * The code that a task is given.
 *
 * @param commit head of the plan, full object name
 * @param prefix folder below the root of its tree that the plan is about, '/' separated; empty for the root
 * @param conflicted on a reconcile task, the commit of the result that conflicts with the head
 * @param verified whether the plan's command is known to succeed on it
 */
public record CodeAt(String commit, String prefix, Optional<String> conflicted, boolean verified) {
    /** Code of which nothing is known. */
    public CodeAt(String commit, String prefix, Optional<String> conflicted) {
        this(commit, prefix, conflicted, false);
    }

    /** The path in the commit's tree of a path of the plan. */
    public String inTree(String path) {
        return prefix.isEmpty() ? path : prefix + "/" + path;
    }

    /** The path in the plan of a path in the commit's tree; empty if the plan is not about it. */
    public Optional<String> inPlan(String path) {
        if (prefix.isEmpty()) return Optional.of(path);
        return path.startsWith(prefix + "/") ? Optional.of(path.substring(prefix.length() + 1)) : Optional.empty();
    }
}
