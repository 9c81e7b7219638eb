package io.taskweaver.client;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.GitPath;
import io.taskweaver.code.GitRefusals;
import io.taskweaver.code.SideChoice;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.code.WorkTree;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.ContextMerged;
import io.taskweaver.wire.code.CodePacks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files with which a person settles a task, as a commit on top of the plan's code: what the task's result changes and does
 * not conflict, with the person's files in place of those that the result changes.
 *
 * @param code the commit
 * @param objects the events that carry it
 * @param taken paths that are taken from the person's folder
 * @param deleted paths that go, whether the person's folder has them or not
 * @param left paths of that folder that differ from the code and are not taken, since the result does not touch them
 * @param dropped tasks that merged lines into the files taken, which would go together with the result and are not there any
 *     more, by path
 */
public record SettledFiles(
        CodeResult code,
        List<CodeObjects> objects,
        List<String> taken,
        List<String> deleted,
        List<String> left,
        Map<String, List<TaskId>> dropped) {
    public SettledFiles {
        objects = List.copyOf(objects);
        taken = List.copyOf(taken);
        deleted = List.copyOf(deleted);
        left = List.copyOf(left);
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    }

    /** What somebody may not expect who edited an older copy of a file, in sentences. */
    public List<String> warnings() {
        return dropped.entrySet().stream()
                .map(each -> "This drops what " + DroppedLines.named(each.getValue()) + " merged into "
                        + FilePath.visible(each.getKey()) + ", although it does not conflict.")
                .toList();
    }

    /** The folder does not settle it. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String hint;

        RefusedException(String message, String hint) {
            super(message);
            this.hint = hint;
        }

        public String hint() {
            return hint;
        }
    }

    /**
     * Takes them from a folder.
     *
     * @param plan its code, with the result
     * @param result commit of the task's result; empty if it has none: then all files of the folder that differ are taken
     * @param conflicting paths that conflict: the folder has to have them, and there is a result
     * @param merges what is merged, by task
     * @param folder that has the files at their paths in the plan; Git's ignore rules count where it is a work tree
     * @param deleted paths that are to go
     * @throws RefusedException if a conflicting file is missing, or is not settled, or the result is not known, or names collide on
     *     other systems, or the folder is no copy of the code
     */
    public static SettledFiles take(
            PlanCode plan,
            Optional<String> result,
            Collection<String> conflicting,
            List<ContextMerged> merges,
            Path folder,
            Set<String> deleted,
            Instant at)
            throws IOException, InterruptedException {
        // What does not conflict is merged, too: without the result, that would be lost.
        if (result.isEmpty() && !conflicting.isEmpty())
            throw new RefusedException(
                    "The conflict does not say which commit has the result of the task: an earlier version wrote it.",
                    "Take one side of the files with --ours or --theirs, or, if the task has failed, run it again with taskweaver retry.");
        var code = plan.repository();
        var base = plan.line().base();
        var head = plan.line().head();
        var current = code.treeOf(head);
        var start = current;
        var together = current;
        var files = new TreeMap<String, Path>();
        var gone = new TreeSet<String>();
        for (var path : deleted) gone.add(base.inTree(GitPath.of(path)));
        var known = new TreeSet<>(code.blobs(current, path -> true).keySet());
        if (result.isPresent())
            known.addAll(code.blobs(code.treeOf(result.get()), path -> true).keySet());
        for (var path : gone)
            if (!known.contains(path))
                throw new RefusedException(
                        FilePath.visible(path) + " is not in the code, so it cannot be deleted.",
                        "Name files with --delete by their paths in the code.");
        var inPlan = known.stream().map(base::inPlan).flatMap(Optional::stream).toList();
        for (var path : new SettledFolder(folder).files(inPlan))
            files.put(base.inTree(GitPath.of(path)), folder.resolve(path));
        var required = new TreeSet<String>();
        var wanted = new TreeSet<String>();
        if (result.isPresent()) {
            var parent = code.parentOf(result.get());
            var before = parent.isPresent() ? code.treeOf(parent.get()) : code.emptyTree();
            var after = code.treeOf(result.get());
            for (var change : code.difference(before, after)) wanted.add(change.path());
            for (var path : conflicting) required.add(base.inTree(path));
            start = switch (TreeMerge.of(code, before, start, after)) {
                case TreeMerge.Outcome.Merged(String tree, var _) -> tree;
                case TreeMerge.Outcome.Conflicted(String tree, var conflicts) -> {
                    for (var conflict : conflicts) {
                        if (conflict.added().isEmpty()) required.add(conflict.path());
                        else {
                            // Both texts in one file, or the result's under another name.
                            wanted.add(conflict.path());
                            for (var path : files.keySet())
                                if (code.entry(current, path).isEmpty()) wanted.add(path);
                        }
                    }
                    yield tree;
                }
            };
            together = SideChoice.of(code, before, current, after, true).tree();
            wanted.addAll(required);
        } else wanted.addAll(files.keySet());
        wanted.addAll(gone);
        required.removeAll(gone);
        required.removeAll(files.keySet());
        if (!required.isEmpty())
            throw new RefusedException(
                    folder + " is missing conflicting files: " + String.join(", ", required) + ".",
                    "Add them to the folder, or delete them with --delete PATH.");
        var edits = new ArrayList<EntryChange>();
        var taken = new ArrayList<String>();
        for (var path : wanted) {
            var there = code.entry(start, path);
            if (gone.contains(path)) {
                if (there.isPresent()) edits.add(new EntryChange(path, there, Optional.empty()));
                continue;
            }
            var file = files.get(path);
            if (file == null) continue;
            var now = entry(code, file);
            checkSettled(code, path, now, there);
            checkPlace(code, path, now, there);
            if (there.filter(now::isSame).isEmpty()) edits.add(new EntryChange(path, there, Optional.of(now)));
            if (result.isPresent() || there.filter(now::isSame).isEmpty()) taken.add(path);
        }
        for (var refused : GitRefusals.in(code, edits).entrySet())
            throw new RefusedException(
                    "Git refuses " + FilePath.visible(refused.getKey()) + ": " + refused.getValue() + ".",
                    "Correct the file, or name it with --delete PATH if it is to go, and try again.");
        var tree = code.edit(start, edits);
        checkNames(code, current, tree);
        var left = new ArrayList<String>();
        for (var file : files.entrySet())
            if (!wanted.contains(file.getKey())
                    && code.entry(tree, file.getKey())
                            .filter(entry(code, file.getValue())::isSame)
                            .isEmpty()) left.add(file.getKey());
        var commit = code.commit(tree, List.of(head), "Settled by a person\n", at);
        var changes = code.difference(current, tree);
        var settled = new ArrayList<>(taken);
        settled.addAll(gone);
        var dropped = new DroppedLines(code, code.treeOf(base.commit()), together, tree).of(settled, merges);
        var lacking = new ArrayList<String>();
        dropped.forEach((path, tasks) ->
                lacking.add(FilePath.visible(path) + " (lines that " + DroppedLines.named(tasks) + " merged)"));
        return new SettledFiles(
                new CodeResult(commit, head, tree, changes, lacking),
                packed(plan.plan(), code, commit, head, at),
                taken,
                List.copyOf(gone),
                left,
                dropped);
    }

    private static void checkNames(CodeRepository code, String current, String tree)
            throws IOException, InterruptedException {
        if (TreeMerge.of(code, current, current, tree) instanceof TreeMerge.Outcome.Conflicted colliding) {
            var first = colliding.conflicts().getFirst();
            throw new RefusedException(
                    first.added().orElse("") + " and " + first.path() + " are one file on Windows or macOS.",
                    "Give one of them another name, or put both texts into one file, and remove the other one.");
        }
    }

    private static List<CodeObjects> packed(PlanId plan, CodeRepository code, String commit, String head, Instant at)
            throws IOException {
        return CodePacks.of(plan, commit, false, code.pack(commit, List.of(code.treeOf(head))), at, Optional.empty());
    }

    /** What Git would write between the sides of a conflict must not become code. */
    private static void checkSettled(CodeRepository code, String path, FileEntry now, Optional<FileEntry> there)
            throws IOException {
        if (now.isFile()
                && isMarked(code, now)
                && !(there.filter(FileEntry::isFile).isPresent() && isMarked(code, there.get())))
            throw new RefusedException(
                    path + " still contains conflict markers (<<<<<<< and >>>>>>>).",
                    "Edit the file, remove the markers, and try again.");
    }

    /** What is refused of agents would stop the plan if it came from a person. */
    private static void checkPlace(CodeRepository code, String path, FileEntry now, Optional<FileEntry> there)
            throws IOException {
        if (there.isEmpty() && FilePath.leadsIntoRepository(path))
            throw new RefusedException(
                    FilePath.visible(path) + " leads into .git on some systems.", "Rename it, and try again.");
        if (now.mode() != FileEntry.LINK) return;
        var target = new String(code.bytes(now.object()), StandardCharsets.UTF_8);
        if (WorkTree.leadsOut(path, target))
            throw new RefusedException(
                    FilePath.visible(path) + " is a symbolic link to " + FilePath.visible(target)
                            + ", which is not inside the code.",
                    "Put a file or a link to something of the code there, and try again.");
    }

    private static boolean isMarked(CodeRepository code, FileEntry file) throws IOException {
        var text = new String(code.bytes(file.object()), StandardCharsets.ISO_8859_1);
        return ("\n" + text).contains("\n<<<<<<< ") && ("\n" + text).contains("\n>>>>>>> ");
    }

    private static FileEntry entry(CodeRepository code, Path file) throws IOException {
        if (Files.isSymbolicLink(file))
            return code.file(Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8), FileEntry.LINK);
        return code.file(content(file), Files.isExecutable(file) ? FileEntry.EXECUTABLE : FileEntry.FILE);
    }

    private static byte[] content(Path file) throws RefusedException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw SettledFolder.unreadable(file, e);
        }
    }
}
