package io.taskweaver.code;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree that an attempt made as a result: what differs from its parent, without what may not be part of a result.
 *
 * @param parent commit of which the result is a difference
 * @param prefix folder whose changes count, '/' separated; empty for the root
 * @param prepared what work trees of the plan have besides the code
 * @param most bytes that all changed files may have together
 */
record ResultTree(CodeRepository code, String parent, String prefix, PreparedFiles prepared, long most) {
    /**
     * The result.
     *
     * @param leftOut what is not in the tree, with the reason
     * @param message of the commit
     * @param at its date
     * @throws WorkTree.TooMuchException if the changed files have more bytes than they may
     * @throws WorkTree.UnusableException if new names collide on other systems
     */
    CodeResult of(String tree, List<String> leftOut, String message, Instant at) throws IOException {
        var changes = new ArrayList<EntryChange>();
        var refused = new ArrayList<EntryChange>();
        var left = new ArrayList<>(leftOut);
        long bytes = 0;
        var preparing = prepared.changes();
        var added = Set.copyOf(prepared.added());
        var copies = prepared.broughtBlobs(code);
        var before = code.treeOf(parent);
        for (var differing : code.difference(before, tree)) {
            var unprepared = unprepared(differing, preparing.get(differing.path()), refused);
            if (unprepared.isEmpty()) continue;
            var change = unprepared.get();
            var problem = problem(change, added, copies);
            if (problem.isPresent()) {
                left.add(FilePath.visible(change.path()) + " (" + problem.get() + ")");
                refused.add(new EntryChange(change.path(), change.after(), change.before()));
            } else {
                changes.add(change);
                bytes += change.after().map(FileEntry::bytes).orElse(0L);
            }
        }
        if (bytes > most)
            throw new WorkTree.TooMuchException(
                    "the changed files have " + bytes + " bytes together; the limit is " + most);
        var kept = code.edit(tree, refused);
        // Which of the two files the other one may be left out for, only whoever wrote them knows: left out by a rule,
        // the
        // text of one would be lost. As feedback it costs an attempt, and nothing else.
        var problem = NameCollisions.problem(NameCollisions.of(code, before, kept, changes));
        if (problem.isPresent()) throw new WorkTree.UnusableException(problem.get());
        return new CodeResult(code.commit(kept, List.of(parent), message, at), parent, kept, changes, left);
    }

    /**
     * A difference without what was prepared: what the tree had at the start counts in its place, if nothing came after it.
     *
     * @param undone receives how the tree of the files has to change for that
     * @return empty if no difference is left
     */
    private static Optional<EntryChange> unprepared(
            EntryChange differing, @Nullable EntryChange preparing, List<EntryChange> undone) {
        if (preparing == null || !isSame(differing.after(), preparing.after())) return Optional.of(differing);
        var now = differing.after();
        undone.add(new EntryChange(differing.path(), now, preparing.before()));
        return isSame(differing.before(), preparing.before())
                ? Optional.empty()
                : Optional.of(new EntryChange(differing.path(), differing.before(), preparing.before()));
    }

    private static boolean isSame(Optional<FileEntry> some, Optional<FileEntry> other) {
        return some.isEmpty()
                ? other.isEmpty()
                : other.filter(some.get()::isSame).isPresent();
    }

    private Optional<String> problem(EntryChange change, Set<String> added, Set<String> copies) throws IOException {
        if (added.contains(change.path())
                || GitPath.folders(change.path()).stream().anyMatch(added::contains))
            return Optional.of("a file that was brought along");
        if (change.after().filter(entry -> copies.contains(entry.object())).isPresent())
            return Optional.of("the content of a file that was brought along");
        if (!GitPath.isIn(change.path(), prefix)) return Optional.of("outside of the code of the plan");
        if (change.after().isEmpty()) return Optional.empty();
        var entry = change.after().get();
        if (change.before().isEmpty() && FilePath.leadsIntoRepository(change.path()))
            return Optional.of("the name leads into .git on some systems");
        if (entry.mode() == FileEntry.LINK) {
            var target = new String(code.bytes(entry.object()), StandardCharsets.UTF_8);
            if (WorkTree.leadsOut(change.path(), target))
                return Optional.of("a symbolic link to " + FilePath.visible(target) + ", which is not inside the code");
        }
        return Optional.empty();
    }
}
