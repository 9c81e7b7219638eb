package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.events.CodeResult;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.wire.code.CodePacks;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Repositories of plans in a folder, with the commits that executors make in them. */
final class Commits implements PlanRepositories, AutoCloseable {
    private static final Instant DATE = Instant.ofEpochSecond(1_750_000_000L);

    private final Path folder;
    private final Map<PlanId, CodeRepository> repositories = new HashMap<>();
    private final List<String> missed = new ArrayList<>();

    Commits(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized CodeRepository of(PlanId plan) throws IOException {
        var known = repositories.get(plan);
        if (known != null) return known;
        var opened = CodeRepository.open(folder.resolve(plan.value()));
        repositories.put(plan, opened);
        return opened;
    }

    @Override
    public boolean await(PlanId plan, String commit) throws IOException {
        boolean isHere = of(plan).has(commit);
        if (!isHere) missed.add(commit);
        return isHere;
    }

    /** Commits that were waited for in vain. */
    List<String> missed() {
        return missed;
    }

    @Override
    public List<String> records(PlanId plan) {
        return List.of(plan + "/pack/0");
    }

    /** Commits of a plan's line, the newest first; none before the submission. */
    List<String> line(PlanId plan) throws IOException {
        var code = of(plan);
        var commits = new ArrayList<String>();
        for (var at = code.head(); at.isPresent(); at = code.parentOf(at.get())) commits.add(at.get());
        return commits;
    }

    /** A commit of files, by path. */
    String commit(PlanId plan, List<String> parents, Map<String, String> files) throws IOException {
        var code = of(plan);
        var changes = new ArrayList<EntryChange>();
        for (var file : files.entrySet())
            changes.add(change(code, code.emptyTree(), Edit.of(file.getKey(), null, file.getValue())));
        return code.commit(code.edit(code.emptyTree(), changes), parents, "Files\n", DATE);
    }

    /** A result as an executor would make it, with the pack that it would send. */
    record Made(TaskCompleted event, List<CodeObjects> objects) {}

    /**
     * Makes the commit of a result.
     *
     * @param parent commit that it starts from; empty for the newest of the line that has the bases of its edits
     */
    Made of(Result result, Optional<String> parent) throws IOException {
        var event = result.event();
        if (result.edits().isEmpty()) return new Made(event, List.of());
        var plan = new PlanId(event.getMeta().getPlanId());
        var code = of(plan);
        var start = parent.isPresent() ? parent.get() : start(plan, result.edits());
        var before = code.treeOf(start);
        var changes = new ArrayList<EntryChange>();
        for (var edit : result.edits()) changes.add(change(code, before, edit));
        var tree = code.edit(before, changes);
        var commit = code.commit(tree, List.of(start), "Result of " + event.getTaskId() + "\n", DATE);
        var made = CodeResult.newBuilder()
                .setCommit(commit)
                .setParent(start)
                .setTree(tree)
                .setChanges(code.difference(before, tree).stream()
                        .map(Commits::avro)
                        .toList());
        result.lie().accept(made);
        var pack = code.pack(commit, List.of(before));
        var completed = TaskCompleted.newBuilder(event).setCode(made.build()).build();
        return new Made(completed, CodePacks.of(plan, commit, false, pack, DATE, Optional.empty()));
    }

    private String start(PlanId plan, List<Edit> edits) throws IOException {
        var code = of(plan);
        var line = line(plan);
        for (var commit : line) if (isBase(code, code.treeOf(commit), edits)) return commit;
        // No version has the bases: they are of a commit beside the line.
        var tree = line.isEmpty() ? code.emptyTree() : code.treeOf(line.getFirst());
        var bases = new ArrayList<EntryChange>();
        for (var edit : edits)
            if (edit.base().isPresent())
                bases.add(change(code, tree, new Edit(edit.path(), Optional.empty(), edit.base(), FileEntry.FILE)));
        return code.commit(
                code.edit(tree, bases), List.copyOf(line.stream().limit(1).toList()), "Beside\n", DATE);
    }

    private static boolean isBase(CodeRepository code, String tree, List<Edit> edits) throws IOException {
        for (var edit : edits) {
            var there = code.entry(tree, edit.path());
            if (there.isPresent() != edit.base().isPresent()) return false;
            if (there.isPresent()
                    && !java.util.Arrays.equals(
                            code.bytes(there.get().object()),
                            edit.base().orElseThrow().array())) return false;
            if (there.isEmpty() && isTaken(code, tree, edit.path())) return false;
        }
        return true;
    }

    /** Whether a file would be where a folder is, or below a file. */
    private static boolean isTaken(CodeRepository code, String tree, String path) throws IOException {
        for (var folder : FilePath.folders(path)) if (code.entry(tree, folder).isPresent()) return true;
        return code.isFolder(tree, path);
    }

    private static EntryChange change(CodeRepository code, String tree, Edit edit) throws IOException {
        var content = edit.content();
        var after = content.isPresent()
                ? Optional.of(code.file(content.get().array(), edit.mode()))
                : Optional.<FileEntry>empty();
        return new EntryChange(edit.path(), code.entry(tree, edit.path()), after);
    }

    private static io.taskweaver.events.EntryChange avro(EntryChange change) {
        return io.taskweaver.events.EntryChange.newBuilder()
                .setPath(change.path())
                .setBefore(change.before().map(Commits::avro).orElse(null))
                .setAfter(change.after().map(Commits::avro).orElse(null))
                .build();
    }

    private static io.taskweaver.events.FileEntry avro(FileEntry entry) {
        return io.taskweaver.events.FileEntry.newBuilder()
                .setMode(entry.mode())
                .setObject(entry.object())
                .setBytes(entry.bytes())
                .build();
    }

    @Override
    public synchronized void close() {
        repositories.values().forEach(CodeRepository::close);
    }
}
