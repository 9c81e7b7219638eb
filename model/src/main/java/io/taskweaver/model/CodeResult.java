package io.taskweaver.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The code that an attempt made, as a commit whose parent is the head of the plan when the attempt was dispatched.
 *
 * @param commit full object name of the commit
 * @param parent full object name of its parent
 * @param tree full object name of its tree
 * @param changes paths that differ from the parent, in the order of their bytes
 * @param leftOut paths that the attempt changed and that are not in the result, with the reason
 */
public record CodeResult(String commit, String parent, String tree, List<EntryChange> changes, List<String> leftOut) {
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");

    public CodeResult {
        changes = List.copyOf(changes);
        leftOut = List.copyOf(leftOut);
        for (var name : List.of(commit, parent, tree))
            if (!OBJECT.matcher(name).matches()) throw new IllegalArgumentException("no name of an object: " + name);
    }

    /** The same of an attempt that changed further paths which are not in the result. */
    public CodeResult leavingOut(List<String> more) {
        var all = new ArrayList<>(leftOut);
        all.addAll(more);
        return new CodeResult(commit, parent, tree, changes, all);
    }

    /** The same without the paths that it changed. */
    public CodeResult withoutChanges() {
        return new CodeResult(commit, parent, tree, List.of(), leftOut);
    }
}
