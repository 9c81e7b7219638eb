package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Merges a result into the head of a plan, three ways, on whole trees.
 *
 * <p>If both sides changed different paths, tree entries are replaced. Everything else is left to {@code git
 * merge-tree}, with its rename detection and the attributes of the head. What Git cannot merge is united where a named rule
 * of {@link BlockUnion} allows it. The same trees always make the same tree.
 */
public final class TreeMerge {
    /** Git 2.39 crashes on some renames between files and folders, and before 2.38 it cannot merge trees. */
    private static final System.Logger LOG = System.getLogger(TreeMerge.class.getName());

    private final CodeRepository code;
    private final String base;
    private final String head;
    private final String result;

    private TreeMerge(CodeRepository code, String base, String head, String result) {
        this.code = code;
        this.base = base;
        this.head = head;
        this.result = result;
    }

    /** How a merge ended. */
    public sealed interface Outcome {
        /**
         * They go together.
         *
         * @param tree the merged tree
         * @param united paths that were united by a rule, with its name
         */
        record Merged(String tree, Map<String, String> united) implements Outcome {
            public Merged {
                united = Map.copyOf(united);
            }
        }

        /**
         * They contradict each other.
         *
         * @param tree the head, with all of the result that does not conflict
         * @param conflicts in the order of their paths, at least one
         */
        record Conflicted(String tree, List<PathConflict> conflicts) implements Outcome {
            public Conflicted {
                conflicts = List.copyOf(conflicts);
            }
        }
    }

    /**
     * A path that both sides changed in ways that do not go together.
     *
     * @param path where it is in the head, or would be
     * @param base what both started from
     * @param head what the head has
     * @param result what the result has
     * @param added path of a new file of the result, if that is the conflict: on some systems it is one file with {@code
     *     path}, or is in one folder with it
     */
    public record PathConflict(
            String path,
            Optional<FileEntry> base,
            Optional<FileEntry> head,
            Optional<FileEntry> result,
            Optional<String> added) {
        PathConflict(String path, Optional<FileEntry> base, Optional<FileEntry> head, Optional<FileEntry> result) {
            this(path, base, head, result, Optional.empty());
        }

        /** Whether all sides have a file, or both have made one: lines can be compared. */
        boolean isOfFiles() {
            return added.isEmpty() && base.map(FileEntry::isFile).orElse(true) && isFile(head) && isFile(result);
        }
    }

    /**
     * Merges.
     *
     * @param base tree that the result started from
     * @param head tree of the head
     * @param result tree of the result
     */
    public static Outcome of(CodeRepository code, String base, String head, String result)
            throws IOException, InterruptedException {
        var merge = new TreeMerge(code, base, head, result);
        if (base.equals(head) || head.equals(result)) return merge.ended(result, Map.of(), new TreeMap<>());
        if (base.equals(result)) return new Outcome.Merged(head, Map.of());
        return merge.merged();
    }

    private Outcome merged() throws IOException, InterruptedException {
        var proposed = code.difference(base, result);
        var meanwhile = code.changedPaths(base, head);
        if (!overlap(PathChange.of(proposed), meanwhile))
            return ended(code.edit(head, proposed), Map.of(), new TreeMap<>());
        var changed = new LinkedHashSet<String>();
        for (var change : proposed) changed.add(change.path());
        for (var change : meanwhile) changed.add(change.path());
        return byGit(changed, proposed, meanwhile);
    }

    /** Whether a side touched a path of the other one, or a folder that the other one moved or replaced. */
    private boolean overlap(List<PathChange> some, List<PathChange> others) throws IOException {
        var touched = new HashSet<String>();
        for (var change : others) touched.add(change.path());
        for (var change : some) if (touched.contains(change.path())) return true;
        return blocked(some, others, head) || blocked(others, some, result);
    }

    /**
     * Whether files of some changes are where the other side has a file, or in a folder that the other side has emptied,
     * and which it may have renamed.
     */
    private boolean blocked(List<PathChange> some, List<PathChange> others, String other) throws IOException {
        var made = new HashSet<String>();
        var removed = new HashSet<String>();
        for (var change : others) {
            if (change.isThere()) made.add(change.path());
            else removed.addAll(GitPath.folders(change.path()));
        }
        for (var change : some) {
            if (!change.isThere()) continue;
            for (var folder : GitPath.folders(change.path())) {
                if (made.contains(folder)) return true;
                if (removed.contains(folder) && !code.isFolder(other, folder)) return true;
            }
        }
        return false;
    }

    private Outcome byGit(Set<String> changed, List<EntryChange> proposed, List<PathChange> meanwhile)
            throws IOException, InterruptedException {
        var ancestor = code.commit(base, List.of(), "base", Instant.EPOCH);
        var ours = code.commit(head, List.of(ancestor), "head", Instant.EPOCH);
        var theirs = code.commit(result, List.of(ancestor), "result", Instant.EPOCH);
        try (var attributes = Attributes.of(code, head, changed)) {
            var end = attributes
                    .git()
                    .run(
                            List.of("merge-tree", "--write-tree", "-z", "--allow-unrelated-histories", ours, theirs),
                            new byte[0]);
            if (end.code() != 0 && end.code() != 1)
                return withoutGit("git merge-tree ended with " + end.code() + ": " + end.errors(), proposed, meanwhile);
            var merge = MergeTreeOutput.of(end.output(), Set.of(ours, theirs));
            return settled(merge, broken(merge, attributes));
        } catch (Git.GitException e) {
            return withoutGit(String.valueOf(e.getMessage()), proposed, meanwhile);
        }
    }

    /** Whoever merges the results of many plans cannot stop for one that Git does not merge. */
    private Outcome withoutGit(String why, List<EntryChange> proposed, List<PathChange> meanwhile) throws IOException {
        LOG.log(System.Logger.Level.WARNING, "Merging path by path, without renames and attributes: {0}", why);
        return byPath(proposed, meanwhile);
    }

    /** Without Git's help, whatever both sides touched is a conflict, but for what they did alike. */
    private Outcome byPath(List<EntryChange> proposed, List<PathChange> meanwhile) throws IOException {
        var touched = new HashSet<String>();
        var made = new HashSet<String>();
        var around = new HashSet<String>();
        var removed = new HashSet<String>();
        for (var change : meanwhile) {
            touched.add(change.path());
            if (!change.isThere()) removed.addAll(GitPath.folders(change.path()));
            else {
                made.add(change.path());
                around.addAll(GitPath.folders(change.path()));
            }
        }
        var conflicts = new TreeMap<String, PathConflict>();
        var left = new ArrayList<EntryChange>();
        for (var change : proposed) {
            var path = change.path();
            var folders = GitPath.folders(path);
            boolean isBlocked = change.after().isPresent()
                    && (around.contains(path) || folders.stream().anyMatch(made::contains));
            for (var folder : folders)
                isBlocked |= change.after().isPresent() && removed.contains(folder) && !code.isFolder(head, folder);
            if (touched.contains(path) && code.entry(head, path).equals(change.after())) continue;
            if (isBlocked || touched.contains(path)) conflicts.put(path, sides(path));
            else left.add(change);
        }
        hold(left, conflicts, change -> false);
        return ended(code.edit(head, left), Map.of(), conflicts);
    }

    private interface Test {
        boolean of(EntryChange change) throws IOException;
    }

    /** Makes conflicts of changes that cannot be beside files that stay because they conflict. */
    private void hold(List<EntryChange> left, Map<String, PathConflict> conflicts, Test isLost) throws IOException {
        boolean held = true;
        while (held) {
            left.removeIf(change -> conflicts.containsKey(change.path()));
            var kept = new Kept(conflicts.keySet());
            held = false;
            for (var change : left)
                if (kept.blocks(change) || isLost.of(change)) {
                    conflicts.put(change.path(), sides(change.path()));
                    held = true;
                }
        }
    }

    /**
     * Files that Git united because an attribute told it to, and that do not parse any more. It drops lines that both sides
     * have in common, such as those of two methods with the same body.
     */
    private List<PathConflict> broken(MergeTreeOutput merge, Attributes attributes)
            throws IOException, InterruptedException {
        if (!attributes.mayUnite()) return List.of();
        var made = new ArrayList<String>();
        for (var change : code.difference(head, merge.tree())) {
            var there = change.after();
            if (there.filter(FileEntry::isFile).isEmpty() || merge.isUnresolved(change.path())) continue;
            if (code.entry(result, change.path()).filter(there.get()::isSame).isEmpty()) made.add(change.path());
        }
        var broken = new ArrayList<PathConflict>();
        for (var path : attributes.united(made)) {
            var sides = sides(path);
            var all = new ArrayList<byte[]>();
            for (var side : List.of(sides.head(), sides.result()))
                if (side.filter(FileEntry::isFile).isPresent())
                    all.add(code.bytes(side.get().object()));
            var union = code.bytes(code.entry(merge.tree(), path).orElseThrow().object());
            if (!all.isEmpty() && !Soundness.of(path).allows(union, all)) broken.add(sides);
        }
        return broken;
    }

    private Outcome settled(MergeTreeOutput merge, List<PathConflict> broken) throws IOException {
        var resolved = new ArrayList<EntryChange>();
        var rules = new LinkedHashMap<String, String>();
        var conflicts = new TreeMap<String, PathConflict>();
        for (var path : merge.paths()) {
            var conflict = conflict(path, merge.stages(path));
            boolean united = merge.isOnlyContent(path)
                    && !isMade(merge.stages(path), conflict)
                    && unite(conflict, merge.tree(), resolved, rules);
            if (!united) conflicts.put(path, conflict);
        }
        for (var conflict : broken)
            if (!unite(conflict, merge.tree(), resolved, rules)) conflicts.put(conflict.path(), conflict);
        // Git names no stage where it only warns, e.g. of a folder that was renamed while files were added to it.
        for (var path : merge.unresolved())
            if (!rules.containsKey(path) && !conflicts.containsKey(path)) conflicts.put(path, sides(path));
        var merged = code.edit(merge.tree(), resolved);
        return conflicts.isEmpty()
                ? ended(merged, rules, conflicts)
                : ended(withoutConflicts(merge, merged, conflicts), rules, conflicts);
    }

    private boolean unite(PathConflict conflict, String tree, List<EntryChange> resolved, Map<String, String> rules)
            throws IOException {
        var there = code.entry(tree, conflict.path());
        if (there.isEmpty() || !conflict.isOfFiles()) return false;
        var union = conflict.base().isPresent()
                ? BlockUnion.of(
                        conflict.path(), bytes(conflict.base()), bytes(conflict.head()), bytes(conflict.result()))
                : BlockUnion.ofNew(conflict.path(), bytes(conflict.head()), bytes(conflict.result()));
        if (union.isEmpty()) return false;
        rules.put(conflict.path(), union.get().rule());
        var content = code.file(union.get().content(), there.get().mode());
        if (!content.isSame(there.get())) resolved.add(new EntryChange(conflict.path(), there, Optional.of(content)));
        return true;
    }

    private byte[] bytes(Optional<FileEntry> file) throws IOException {
        return code.bytes(file.orElseThrow().object());
    }

    private static boolean isFile(Optional<FileEntry> entry) {
        return entry.filter(FileEntry::isFile).isPresent();
    }

    /** What the three trees have at a path. */
    private PathConflict sides(String path) throws IOException {
        return new PathConflict(path, code.entry(base, path), code.entry(head, path), code.entry(result, path));
    }

    /** A side that moved a file has it at another path: Git's stage says what it is. */
    private PathConflict conflict(String path, Map<Integer, MergeTreeOutput.Stage> stages) throws IOException {
        var sides = sides(path);
        var ancestor = stage(stages, 1);
        return new PathConflict(
                path,
                ancestor.isPresent() ? ancestor : sides.base(),
                sides.head().isPresent() ? sides.head() : stage(stages, 2),
                sides.result().isPresent() ? sides.result() : stage(stages, 3));
    }

    private Optional<FileEntry> stage(Map<Integer, MergeTreeOutput.Stage> stages, int number) throws IOException {
        var stage = stages.get(number);
        // Git writes zeros where a folder came in the way of a file that moved.
        return stage == null || stage.isNothing()
                ? Optional.empty()
                : Optional.of(code.stored(stage.mode(), stage.object()));
    }

    /**
     * The head with what of the result goes together with it. Conflicting paths stay as the head has them. What must stay
     * back with one of them becomes a conflict as well.
     */
    private String withoutConflicts(MergeTreeOutput merge, String merged, Map<String, PathConflict> conflicts)
            throws IOException {
        var moved = new HashSet<String>();
        boolean nested = false;
        for (var conflict : List.copyOf(conflicts.values())) {
            var stages = merge.stages(conflict.path());
            if (stages.containsKey(2) && code.entry(head, conflict.path()).isEmpty())
                conflict.head().ifPresent(entry -> moved.add(entry.object()));
            nested |= isMade(stages, conflict);
        }
        var left = new ArrayList<EntryChange>();
        for (var change : code.difference(head, merged)) if (!merge.isMarker(change.path())) left.add(change);
        boolean made = nested;
        hold(left, conflicts, change -> isLost(change, moved, made));
        return code.edit(head, left);
    }

    /** Files of the head that stay because they conflict, with the folders that they are in. */
    private final class Kept {
        private final Set<String> files = new HashSet<>();
        private final Set<String> folders = new HashSet<>();

        Kept(Set<String> conflicts) throws IOException {
            for (var path : conflicts)
                if (code.entry(head, path).isPresent()) {
                    files.add(path);
                    folders.addAll(GitPath.folders(path));
                }
        }

        /** Whether a change needs a folder where there is a file, or the other way round. */
        boolean blocks(EntryChange change) {
            return change.after().isPresent()
                    && (folders.contains(change.path())
                            || GitPath.folders(change.path()).stream().anyMatch(files::contains));
        }
    }

    /** Whether Git merged contents before it found that the path conflicts: a stage is of neither tree. */
    private static boolean isMade(Map<Integer, MergeTreeOutput.Stage> stages, PathConflict conflict) {
        return isMade(stages, 2, conflict.head()) || isMade(stages, 3, conflict.result());
    }

    private static boolean isMade(Map<Integer, MergeTreeOutput.Stage> stages, int number, Optional<FileEntry> there) {
        var stage = stages.get(number);
        return stage != null
                && there.filter(entry -> entry.object().equals(stage.object())).isEmpty();
    }

    /** Whether a file of the head would go although its new place conflicts. */
    private boolean isLost(EntryChange change, Set<String> moved, boolean nested) throws IOException {
        if (change.after().isPresent() || change.before().isEmpty()) return false;
        var there = change.before().get();
        return moved.contains(there.object())
                || nested
                        && code.entry(base, change.path()).filter(there::isSame).isEmpty();
    }

    /** What is new must have names that can be beside those of the head on every system. */
    private Outcome ended(String tree, Map<String, String> united, TreeMap<String, PathConflict> conflicts)
            throws IOException {
        var added = code.difference(head, tree);
        var twins = NameCollisions.of(code, head, tree, added);
        if (conflicts.isEmpty() && twins.isEmpty()) return new Outcome.Merged(tree, united);
        var all = new ArrayList<>(conflicts.values());
        var paths = new HashSet<String>();
        for (var twin : twins) {
            paths.add(twin.added());
            all.add(new PathConflict(
                    twin.there(),
                    Optional.empty(),
                    code.entry(tree, twin.there()),
                    code.entry(tree, twin.added()),
                    Optional.of(twin.added())));
        }
        all.sort(Comparator.comparing(PathConflict::path)
                .thenComparing(conflict -> conflict.added().orElse("")));
        added.removeIf(change -> paths.contains(change.path()));
        return new Outcome.Conflicted(code.edit(head, added), all);
    }
}
