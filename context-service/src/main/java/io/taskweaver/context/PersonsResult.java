package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.GitPath;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a person settled a task with, as the result of an attempt. */
final class PersonsResult {
    private PersonsResult() {}

    /** Whether a person made a result. */
    static boolean isOne(TaskCompleted completed) {
        return completed.agent().equals(Resolution.AGENT);
    }

    /** @param code what it changes; empty if nothing */
    static TaskCompleted of(TaskResolved resolved, Optional<CodeResult> code) {
        var resolution = resolved.resolution();
        return new TaskCompleted(
                resolved.meta(),
                resolved.task(),
                resolved.attempt(),
                resolution.by(),
                Resolution.AGENT,
                Optional.empty(),
                resolution.words(),
                code,
                List.of(),
                Usage.NONE,
                resolved.at(),
                Duration.ZERO,
                Optional.empty(),
                List.of());
    }

    /**
     * The result on top of the head: the person's commit, or one that is made here where a side was named.
     *
     * @param conflict what became of the result that is settled
     * @throws IllegalArgumentException if a side was named and no file of the task conflicts
     */
    static TaskCompleted in(CodeRepository code, Head head, Optional<Settlement> conflict, TaskResolved resolved)
            throws IOException, InterruptedException {
        var resolution = resolved.resolution();
        if (resolution.code().isPresent()) return of(resolved, resolution.code());
        if (!(conflict.orElse(null) instanceof Settlement.Conflicted open)
                || open.code().isEmpty()
                || open.paths().isEmpty())
            throw new IllegalArgumentException("No file of " + resolved.task() + " conflicts, so there are no sides.");
        var current = code.treeOf(head.commit());
        var tree = settled(code, current, open, resolution.side() == Resolution.Side.THEIRS);
        if (tree.equals(current)) return of(resolved, Optional.empty());
        var commit = code.commit(
                tree,
                List.of(head.commit()),
                resolution.words() + "\n",
                ResultMerges.date(code, head.commit(), resolved.at()));
        var changes = code.difference(current, tree);
        return of(resolved, Optional.of(new CodeResult(commit, head.commit(), tree, changes, List.of())));
    }

    /** The head with all of the result that does not conflict, and a side of the rest. */
    private static String settled(CodeRepository code, String head, Settlement.Conflicted open, boolean theirs)
            throws IOException, InterruptedException {
        var result = open.code().orElseThrow();
        var merge = TreeMerge.of(code, code.treeOf(result.parent()), head, result.tree());
        var wanted = new LinkedHashMap<String, Optional<FileEntry>>();
        for (var path : open.paths()) wanted.put(path, code.entry(theirs ? result.tree() : head, path));
        var tree = switch (merge) {
            case TreeMerge.Outcome.Merged(String made, var _) -> made;
            case TreeMerge.Outcome.Conflicted(String made, var conflicts) -> {
                for (var conflict : conflicts)
                    wanted.put(conflict.path(), theirs ? conflict.result() : conflict.head());
                yield made;
            }
        };
        return code.edit(tree, edits(code, tree, wanted));
    }

    /** A file may take the place of a folder, or need one where a file is. */
    private static List<EntryChange> edits(CodeRepository code, String tree, Map<String, Optional<FileEntry>> wanted)
            throws IOException {
        var edits = new LinkedHashMap<String, EntryChange>();
        for (var each : wanted.entrySet()) {
            var path = each.getKey();
            var there = code.entry(tree, path);
            if (there.equals(each.getValue())) continue;
            if (each.getValue().isPresent()) {
                for (var folder : GitPath.folders(path)) remove(code, tree, folder, edits);
                if (code.isFolder(tree, path))
                    for (var below : code.blobs(tree, name -> name.startsWith(path + "/"))
                            .keySet()) remove(code, tree, below, edits);
            }
            edits.put(path, new EntryChange(path, there, each.getValue()));
        }
        return new ArrayList<>(edits.values());
    }

    private static void remove(CodeRepository code, String tree, String path, Map<String, EntryChange> edits)
            throws IOException {
        var there = code.entry(tree, path);
        if (there.isPresent()) edits.putIfAbsent(path, new EntryChange(path, there, Optional.empty()));
    }
}
