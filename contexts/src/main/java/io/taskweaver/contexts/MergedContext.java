package io.taskweaver.contexts;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.FileChange;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that a plan's tasks have made so far, as a fold over their results. A result is merged as a whole or not at
 * all. Results that touch different files or different lines may come in any order and make the same files and digest.
 *
 * <p>To fold one result, the context needs no more than the files that the result names, those that they cannot be beside
 * (where folders of theirs are files, where they are folders, and where their {@linkplain FilePath#folded folded} names are
 * equal), and the settlements of the tasks that it stands for; so a caller that keeps a large context elsewhere loads that slice, folds, and stores what the answer
 * lists.
 *
 * @param version one more with each merge; 0 is the code base that the plan started from
 * @param digest digest of all files, also of those that a slice leaves out
 * @param files by path
 * @param settlements by task
 */
public record MergedContext(
        long version, ContextDigest digest, Map<String, MergedFile> files, Map<TaskId, Settlement> settlements) {
    /** Nothing is there yet. */
    public static final MergedContext EMPTY = new MergedContext(0, ContextDigest.EMPTY, Map.of(), Map.of());

    public MergedContext {
        if (version < 0) throw new IllegalArgumentException("version is negative: " + version);
        // Not Map.copyOf: agents choose the names, and it compares each with all of the same or a close hash.
        files = Collections.unmodifiableMap(new HashMap<>(files));
        settlements = Collections.unmodifiableMap(new HashMap<>(settlements));
    }

    /**
     * Folds a result. One of an attempt that is not newer than the settled one of its task changes nothing. A newer one
     * replaces what an older attempt of the same task wrote last. That of a reconcile task stands for the conflicted task
     * too.
     */
    public Merging with(Contribution result) {
        var before = settlements.get(result.task());
        if (before != null && before.attempt() >= result.attempt())
            return new Merging(this, before, List.of(), List.of());
        var standsFor = conflictsBehind(result.resolves());
        var changes =
                standsFor.isEmpty() ? result.changes() : standsFor.getFirst().resolvedBy(result.changes());
        var merged =
                merge(result.task(), standsFor.stream().map(Settlement::task).toList(), changes);
        return merged.conflicts().isEmpty()
                ? settled(result, standsFor, changes, merged.changed())
                : conflicted(result, changes, merged);
    }

    /**
     * Takes up the files of a published contract. What the code base or a task has written stays where it contradicts
     * them; a contract that changes nothing makes no version.
     *
     * @param node contract node of the plan
     */
    public ExternalFiles withContract(TaskId node, List<FileChange> artifacts) {
        var byUnfit = artifacts.stream().collect(Collectors.partitioningBy(this::hasUnfitName));
        var merged = merge(node, List.of(), byUnfit.getOrDefault(false, List.of()));
        var leftOut = Stream.concat(
                        merged.conflicts().stream().map(FileConflict::path),
                        byUnfit.getOrDefault(true, List.of()).stream().map(FileChange::path))
                .toList();
        if (merged.changed().isEmpty()) return new ExternalFiles(this, List.of(), leftOut);
        return new ExternalFiles(next(merged.changed(), List.of()), merged.changed(), leftOut);
    }

    /** Whether it is a new file with a name that not every system takes. */
    private boolean hasUnfitName(FileChange artifact) {
        var known = files.get(artifact.path());
        return artifact.base().isEmpty()
                && (known == null || known.content().isEmpty())
                && FilePath.problemOfNew(artifact.path()).isPresent();
    }

    /** Lays the code base under what is merged: as version 0, hidden where there is something newer. */
    public ExternalFiles over(List<CodeFile> code) {
        var shown = new ArrayList<MergedFile>();
        var hidden = new ArrayList<String>();
        for (var file : code) {
            if (file.content().isEmpty()) continue;
            if (files.containsKey(file.path())) hidden.add(file.path());
            else shown.add(MergedFile.existing(file.path(), file.content().get()));
        }
        return new ExternalFiles(new MergedContext(version, digest(shown), files(shown), settlements), shown, hidden);
    }

    /** The open conflict that a task resolves, then the one that the conflicted task was to resolve itself, and so on. */
    private List<Settlement.Conflicted> conflictsBehind(Optional<ResolvedAttempt> resolves) {
        var behind = new ArrayList<Settlement.Conflicted>();
        var next = resolves;
        while (next.isPresent()
                && settlements.get(next.get().task()) instanceof Settlement.Conflicted conflict
                && conflict.attempt() == next.get().attempt()) {
            behind.add(conflict);
            next = conflict.resolves();
        }
        return behind;
    }

    /** @param replaced paths of changes that a conflict of another path stands for */
    private record Merge(List<MergedFile> changed, List<FileConflict> conflicts, Set<String> replaced) {}

    private Merge merge(TaskId task, List<TaskId> onBehalfOf, List<FileChange> changes) {
        var changed = new ArrayList<MergedFile>();
        var conflicts = new ArrayList<FileConflict>();
        for (var change : changes) {
            var file = files.getOrDefault(
                    change.path(), new MergedFile(change.path(), Optional.empty(), Optional.empty(), List.of()));
            var base = file.writer().equals(Optional.of(task)) ? file.content() : change.base();
            switch (FileMerge.of(base, file.content(), change.content())) {
                case FileMerge.Clean(var text) when text.equals(file.content()) -> {}
                case FileMerge.Clean(var text) -> changed.add(file.changedBy(task, onBehalfOf, text));
                case FileMerge.Clash() ->
                    conflicts.add(new FileConflict(
                            change.path(), base, file.content(), change.content(), file.contributors()));
            }
        }
        var replaced = new HashSet<String>();
        clashes(task, changed, conflicts, replaced);
        return new Merge(changed, conflicts, replaced);
    }

    /**
     * Finds the files that are new and that cannot be beside others. What the code base has side by side already is left as
     * it is.
     */
    private void clashes(TaskId task, List<MergedFile> changed, List<FileConflict> conflicts, Set<String> replaced) {
        var created = changed.stream()
                .filter(file -> file.content().isPresent() && !isThere(file.path()))
                .toList();
        if (created.isEmpty()) return;
        var names =
                new PathCollisions(files.keySet().stream().filter(this::isThere).sorted()::iterator);
        for (var file : changed) if (file.content().isEmpty()) names.remove(file.path());
        var conflicting = new TreeMap<String, FileConflict>();
        for (var file : created) {
            var twin = names.twin(file.path());
            var above = names.above(file.path());
            var below = names.below(file.path());
            if (twin.isPresent()) {
                // To many systems it is the file that is there: the two texts have to become one.
                conflicting.put(twin.get(), clash(task, twin.get(), file.content()));
                replaced.add(file.path());
            } else if (above.isPresent()) conflicting.put(above.get(), clash(task, above.get(), Optional.empty()));
            else if (below.isPresent())
                conflicting.put(
                        file.path(),
                        new FileConflict(
                                file.path(),
                                Optional.empty(),
                                Optional.empty(),
                                file.content(),
                                contributors(task, below.get())));
            names.add(file.path());
        }
        var known = conflicts.stream().map(FileConflict::path).collect(Collectors.toSet());
        conflicting.values().stream()
                .filter(conflict -> !known.contains(conflict.path()))
                .forEach(conflicts::add);
        changed.removeIf(file -> conflicting.containsKey(file.path()) || replaced.contains(file.path()));
    }

    private FileConflict clash(TaskId task, String there, Optional<String> proposed) {
        var file = files.get(there);
        var current = file == null ? Optional.<String>empty() : file.content();
        var base = proposed.isPresent() ? Optional.<String>empty() : current;
        return new FileConflict(there, base, current, proposed, contributors(task, there));
    }

    /** Who is behind a file that is there; the task itself where it made both. */
    private List<TaskId> contributors(TaskId task, String there) {
        var file = files.get(there);
        return file != null && file.content().isPresent() ? file.contributors() : List.of(task);
    }

    private boolean isThere(String path) {
        var file = files.get(path);
        return file != null && file.content().isPresent();
    }

    private Merging settled(
            Contribution result,
            List<Settlement.Conflicted> standsFor,
            List<FileChange> changes,
            List<MergedFile> changed) {
        var paths = changed.stream().map(MergedFile::path).toList();
        var touched = changes.stream().map(FileChange::path).toList();
        var digest = digest(changed);
        var outcome = new Settlement.Merged(result.task(), result.attempt(), version + 1, digest, paths, touched);
        var settled = new ArrayList<Settlement>(List.of(outcome));
        for (var conflict : standsFor)
            settled.add(
                    new Settlement.Merged(conflict.task(), conflict.attempt(), version + 1, digest, paths, touched));
        return new Merging(next(changed, settled), outcome, changed, settled);
    }

    private Merging conflicted(Contribution result, List<FileChange> changes, Merge merge) {
        var conflicting = merge.conflicts().stream().map(FileConflict::path).collect(Collectors.toSet());
        var held = changes.stream()
                .filter(change -> !conflicting.contains(change.path())
                        && !merge.replaced().contains(change.path()))
                .toList();
        var outcome =
                new Settlement.Conflicted(result.task(), result.attempt(), merge.conflicts(), held, result.resolves());
        var after = new MergedContext(version, digest, files, settlements(List.of(outcome)));
        return new Merging(after, outcome, List.of(), List.of(outcome));
    }

    private MergedContext next(List<MergedFile> changed, List<Settlement> settled) {
        return new MergedContext(version + 1, digest(changed), files(changed), settlements(settled));
    }

    private ContextDigest digest(List<MergedFile> changed) {
        var sum = digest;
        for (var file : changed) {
            var before = files.get(file.path());
            if (before != null && before.content().isPresent())
                sum = sum.without(file.path(), before.content().get());
            if (file.content().isPresent())
                sum = sum.with(file.path(), file.content().get());
        }
        return sum;
    }

    private Map<String, MergedFile> files(List<MergedFile> changed) {
        if (changed.isEmpty()) return files;
        var after = new TreeMap<>(files);
        for (var file : changed) after.put(file.path(), file);
        return after;
    }

    private Map<TaskId, Settlement> settlements(List<Settlement> settled) {
        if (settled.isEmpty()) return settlements;
        var after = new HashMap<>(settlements);
        for (var settlement : settled) after.put(settlement.task(), settlement);
        return after;
    }
}
