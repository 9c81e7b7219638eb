package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A result that conflicts, merged as somebody decides for whom one side counts. As with Git's {@code -X ours} and {@code -X
 * theirs}, it counts for the places that conflict; whatever goes together, in the same file too, is of both sides.
 *
 * @param tree the head with the result
 * @param whole paths that have no lines to merge, and are what the side has
 */
public record SideChoice(String tree, List<String> whole) {
    public SideChoice {
        whole = List.copyOf(whole);
    }

    /**
     * Merges.
     *
     * @param base tree that the result started from
     * @param head tree of the head
     * @param result tree of the result
     * @param theirs whether the result's side counts, not the head's
     */
    public static SideChoice of(CodeRepository code, String base, String head, String result, boolean theirs)
            throws IOException, InterruptedException {
        return switch (TreeMerge.of(code, base, head, result)) {
            case TreeMerge.Outcome.Merged(String tree, var _) -> new SideChoice(tree, List.of());
            case TreeMerge.Outcome.Conflicted(String tree, var conflicts) ->
                new Choice(code, base, head, result, theirs).of(tree, conflicts);
        };
    }

    private record Choice(CodeRepository code, String base, String head, String result, boolean theirs) {
        SideChoice of(String tree, List<TreeMerge.PathConflict> conflicts) throws IOException, InterruptedException {
            var wanted = new LinkedHashMap<String, Optional<FileEntry>>();
            var whole = new ArrayList<String>();
            var inseparable = inseparable(conflicts);
            var merged = new HashMap<String, FileEntry>();
            var moved = new HashSet<String>();
            for (var conflict : conflicts) {
                if (inseparable.contains(conflict.path())) continue;
                var lines = lines(conflict);
                if (lines.isEmpty()) continue;
                merged.put(conflict.path(), lines.get());
                movedFrom(conflict).ifPresent(moved::add);
            }
            for (var path : moved) wanted.put(path, Optional.empty());
            for (var conflict : conflicts) {
                // It conflicts because the file that it was moved to does.
                if (moved.contains(conflict.path())) continue;
                var lines = conflict.added().isPresent()
                        ? Optional.<FileEntry>empty()
                        : Optional.ofNullable(merged.get(conflict.path()));
                if (lines.isEmpty()) whole.add(conflict.path());
                var side = lines.or(() -> theirs ? conflict.result() : conflict.head());
                // Of two files that are one on some systems, it keeps the name that the head has.
                if (conflict.added().isEmpty() || theirs) wanted.put(conflict.path(), side);
                else wanted.putIfAbsent(conflict.path(), side);
            }
            return new SideChoice(code.edit(tree, edits(tree, wanted)), whole);
        }

        private Set<String> inseparable(List<TreeMerge.PathConflict> conflicts)
                throws IOException, InterruptedException {
            var paths = conflicts.stream().map(TreeMerge.PathConflict::path).toList();
            try (var attributes = Attributes.of(code, head, paths)) {
                return new HashSet<>(attributes.whole(paths));
            }
        }

        private Optional<FileEntry> lines(TreeMerge.PathConflict conflict) throws IOException {
            if (!conflict.isOfFiles()) return Optional.empty();
            var ours = conflict.head().orElseThrow();
            var their = conflict.result().orElseThrow();
            var merged = BlockUnion.favouring(
                    conflict.path(),
                    conflict.base().isPresent()
                            ? code.bytes(conflict.base().get().object())
                            : new byte[0],
                    code.bytes(ours.object()),
                    code.bytes(their.object()),
                    theirs);
            int before = conflict.base().map(FileEntry::mode).orElse(FileEntry.FILE);
            // The side that changed the mode has it.
            int mode = ours.mode() == before || (theirs && their.mode() != before) ? their.mode() : ours.mode();
            return merged.isEmpty() ? Optional.empty() : Optional.of(code.file(merged.get(), mode));
        }

        /** Where the head still has a file that the result moved to the path of the conflict. */
        private Optional<String> movedFrom(TreeMerge.PathConflict conflict) throws IOException {
            if (conflict.base().isEmpty() || code.entry(head, conflict.path()).isPresent()) return Optional.empty();
            for (var change : code.difference(base, result))
                if (change.after().isEmpty()
                        && change.before().filter(conflict.base().get()::isSame).isPresent()
                        && code.entry(head, change.path())
                                .filter(conflict.head().orElseThrow()::isSame)
                                .isPresent()) return Optional.of(change.path());
            return Optional.empty();
        }

        /** A file may take the place of a folder, or need one where a file is. */
        private List<EntryChange> edits(String tree, Map<String, Optional<FileEntry>> wanted) throws IOException {
            var edits = new LinkedHashMap<String, EntryChange>();
            for (var each : wanted.entrySet()) {
                var path = each.getKey();
                var there = code.entry(tree, path);
                if (there.equals(each.getValue())) continue;
                if (each.getValue().isPresent()) {
                    for (var folder : GitPath.folders(path)) remove(tree, folder, edits);
                    if (code.isFolder(tree, path))
                        for (var below : code.blobs(tree, name -> name.startsWith(path + "/"))
                                .keySet()) remove(tree, below, edits);
                }
                edits.put(path, new EntryChange(path, there, each.getValue()));
            }
            return new ArrayList<>(edits.values());
        }

        private void remove(String tree, String path, Map<String, EntryChange> edits) throws IOException {
            var there = code.entry(tree, path);
            if (there.isPresent()) edits.putIfAbsent(path, new EntryChange(path, there, Optional.empty()));
        }
    }
}
