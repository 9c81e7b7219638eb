package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.GitPath;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A side of the conflicting files by which a person settled a task. It is kept, since the commit is made here: if a crash
 * loses that before it is sent, nobody else has it, and the same commit is made again of this.
 *
 * @param resolved the person's decision
 * @param code the result that conflicted
 * @param paths that conflicted
 * @param head the head on which the commit is made
 * @param words what the commit says of it, which names it too: another version may say it in other words
 */
record SideTaken(TaskResolved resolved, CodeResult code, List<String> paths, String head, Optional<String> words) {
    SideTaken {
        paths = List.copyOf(paths);
    }

    /**
     * The side that a person takes.
     *
     * @param before what became of the task's last result
     * @throws IllegalArgumentException if no file of the result before conflicts
     */
    static SideTaken of(TaskResolved resolved, Optional<Settlement> before, Head head) {
        if (!(before.orElse(null) instanceof Settlement.Conflicted open)
                || open.attempt() != resolved.attempt() - 1
                || open.code().isEmpty()
                || open.paths().isEmpty())
            throw new IllegalArgumentException(
                    "No file of " + resolved.task() + " conflicts, so there are no sides to take.");
        return new SideTaken(
                resolved,
                open.code().get().withoutChanges(),
                open.paths(),
                head.commit(),
                Optional.of(resolved.resolution().words()));
    }

    TaskId task() {
        return resolved.task();
    }

    /** The result; each time the same commit. */
    TaskCompleted made(CodeRepository repository) throws IOException, InterruptedException {
        var current = repository.treeOf(head);
        var tree = settled(repository, current);
        var said = words.orElseGet(resolved.resolution()::words);
        if (tree.equals(current)) return PersonsResult.of(resolved, said, Optional.empty());
        var commit =
                repository.commit(tree, List.of(head), said + "\n", ResultMerges.date(repository, head, resolved.at()));
        var changes = repository.difference(current, tree);
        return PersonsResult.of(resolved, said, Optional.of(new CodeResult(commit, head, tree, changes, List.of())));
    }

    /** The head with all of the result that does not conflict, and the side of the rest. */
    private String settled(CodeRepository repository, String current) throws IOException, InterruptedException {
        boolean theirs = resolved.resolution().side() == Resolution.Side.THEIRS;
        var merge = TreeMerge.of(repository, repository.treeOf(code.parent()), current, code.tree());
        var wanted = new LinkedHashMap<String, Optional<FileEntry>>();
        for (var path : paths) wanted.put(path, repository.entry(theirs ? code.tree() : current, path));
        var tree = switch (merge) {
            case TreeMerge.Outcome.Merged(String made, var _) -> made;
            case TreeMerge.Outcome.Conflicted(String made, var conflicts) -> {
                for (var conflict : conflicts)
                    wanted.put(conflict.path(), theirs ? conflict.result() : conflict.head());
                yield made;
            }
        };
        return repository.edit(tree, edits(repository, tree, wanted));
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
