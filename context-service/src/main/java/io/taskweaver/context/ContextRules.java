package io.taskweaver.context;

import io.taskweaver.contexts.Contribution;
import io.taskweaver.contexts.Conventions;
import io.taskweaver.contexts.MergedContext;
import io.taskweaver.contexts.MergedFile;
import io.taskweaver.contexts.RelevantCode.Candidate;
import io.taskweaver.contexts.ResolvedAttempt;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.contexts.Settlement;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Contract;
import io.taskweaver.model.FileChange;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Decides what an event changes: loads the affected part of the plan, folds, and returns writes and announcements.
 * Writes nothing itself. The cost is proportional to the files of the event, not of the plan.
 *
 * <p>After a start, topics may be read in any order, so the first event of a plan may be any but a result. A result
 * cannot be first: its executor fetched the context before.
 */
final class ContextRules {
    private ContextRules() {}

    /** @throws IllegalArgumentException if the event is inconsistent or exceeds a limit */
    static FoldDecision on(StoredPlan plan, PlanEvent event) {
        return switch (event) {
            case RequirementsSubmitted submitted -> on(plan, submitted);
            case PlanCreated created ->
                FoldDecision.Accept.silently(begun(plan, created).created(created));
            case TaskPlanned planned ->
                FoldDecision.Accept.silently(begun(plan, planned).task(planned));
            case ContractPublished published -> on(plan, published);
            case TaskCompleted completed ->
                plan.head()
                        .<FoldDecision>map(head -> on(plan, head, completed))
                        .orElseGet(FoldDecision.UnknownPlan::new);
            default -> throw new IllegalArgumentException("not an event of this service: " + event.getClass());
        };
    }

    private static Writes begun(StoredPlan plan, PlanEvent event) {
        var writes = new Writes(event.plan());
        return plan.head().isPresent() ? writes : writes.head(Head.NEW);
    }

    private static FoldDecision on(StoredPlan plan, RequirementsSubmitted submitted) {
        var head = plan.head().orElse(Head.NEW);
        var writes = new Writes(submitted.plan());
        // A resubmitted plan keeps its code base.
        if (head.submitted()) return FoldDecision.Accept.silently(writes);
        var code = usable(submitted.submission().code());
        var adoption = slice(plan, head, code.stream().map(CodeFile::path).toList(), Map.of())
                .over(code);
        var files = new ArrayList<MergedFile>();
        var inventory = new ArrayList<Candidate>();
        for (var file : code) {
            if (file.content().isEmpty()) continue;
            var text = file.content().get();
            files.add(MergedFile.existing(file.path(), text));
            inventory.add(new Candidate(file.path(), text.length()));
        }
        return FoldDecision.Accept.silently(writes.names(files.stream().map(MergedFile::path))
                .files(files, 0)
                .code(new CodeBase(inventory, Conventions.of(code)))
                .head(head.withSubmission(adoption.context())));
    }

    /** Files with valid result paths, without duplicates, with normalized paths. */
    private static List<CodeFile> usable(List<CodeFile> code) {
        var byPath = new LinkedHashMap<String, CodeFile>();
        for (var file : code)
            inside(file.path())
                    .ifPresent(path -> byPath.putIfAbsent(path, new CodeFile(path, file.sizeBytes(), file.content())));
        return List.copyOf(byPath.values());
    }

    /** A normalized path of the code base; empty if it is not a valid result path. */
    private static Optional<String> inside(String path) {
        try {
            return Optional.of(new FileChange(path, Optional.empty(), Optional.empty()).path());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void checkNumber(String what, int files) {
        ResultPaths.tooMany(what, files).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    private static FoldDecision on(StoredPlan plan, ContractPublished published) {
        checkNumber("The contract", published.contract().artifacts().size());
        var head = plan.head().orElse(Head.NEW);
        var writes = new Writes(published.plan());
        var before = plan.contract(published.task());
        if (before.isPresent() && before.get().version() > published.contract().version())
            return FoldDecision.Accept.silently(writes);
        var changes = changes(before, published.contract());
        var slice = slice(plan, head, paths(changes), Map.of());
        var adoption = slice.withContract(published.task(), changes);
        // The contract is written last: until it is stored, a repetition of the event finds its files unchanged.
        writes.names(unknown(slice, adoption.changed()))
                .files(adoption.changed(), adoption.context().version())
                .head(head.at(adoption.context(), List.of()))
                .contract(published);
        return new FoldDecision.Accept(writes, Optional.empty(), adoption.leftOut());
    }

    private static FoldDecision on(StoredPlan plan, Head head, TaskCompleted completed) {
        checkNumber("The result", completed.files().size());
        var changes = completed.files().stream()
                .map(file -> FileChange.ofResult(file.path(), file.base(), file.content()))
                .toList();
        var result = new Contribution(completed.task(), completed.attempt(), changes, resolved(plan, completed.task()));
        var settlements = settlements(plan, result);
        var paths = new TreeSet<>(paths(result.changes()));
        result.resolves().map(ResolvedAttempt::task).map(settlements::get).ifPresent(settled -> {
            if (settled instanceof Settlement.Conflicted conflict) paths.addAll(conflict.paths());
        });
        var slice = slice(plan, head, paths, settlements);
        var merging = slice.with(result);
        var writes = new Writes(completed.plan());
        if (merging.context().version() > head.version())
            writes.names(unknown(slice, merging.changed()))
                    .files(merging.changed(), merging.context().version())
                    .head(head.at(merging.context(), merging.settled()));
        writes.settlements(merging.settled());
        return new FoldDecision.Accept(writes, Optional.of(merging.outcome()), List.of());
    }

    private static Optional<ResolvedAttempt> resolved(StoredPlan plan, TaskId task) {
        return ResolvedAttempt.of(task)
                .flatMap(byId -> plan.task(task)
                        .map(planned -> ResolvedAttempt.of(planned.task()))
                        .orElse(Optional.of(byId)));
    }

    /** Settlements of the task and of all tasks that it represents. */
    private static Map<TaskId, Settlement> settlements(StoredPlan plan, Contribution result) {
        var found = new HashMap<TaskId, Settlement>();
        plan.settlement(result.task()).ifPresent(settled -> found.put(settled.task(), settled));
        var next = result.resolves();
        while (next.isPresent() && !found.containsKey(next.get().task())) {
            var settled = plan.settlement(next.get().task());
            settled.ifPresent(each -> found.put(each.task(), each));
            next = settled.flatMap(each -> each instanceof Settlement.Conflicted conflict
                    ? conflict.resolves()
                    : Optional.<ResolvedAttempt>empty());
        }
        return found;
    }

    private static MergedContext slice(
            StoredPlan plan, Head head, Collection<String> paths, Map<TaskId, Settlement> settlements) {
        var files = new HashMap<String, MergedFile>();
        for (var path : paths) plan.file(path, head.version()).ifPresent(file -> files.put(path, file));
        var absent = paths.stream()
                .filter(path ->
                        !files.containsKey(path) || files.get(path).content().isEmpty())
                .toList();
        plan.clashing(absent, head.version()).forEach(files::putIfAbsent);
        return new MergedContext(head.version(), head.digest(), files, settlements);
    }

    /** Paths of changed files that are new to the plan. */
    private static Stream<String> unknown(MergedContext before, List<MergedFile> changed) {
        return changed.stream()
                .map(MergedFile::path)
                .filter(path -> !before.files().containsKey(path));
    }

    /** A contract's files as changes: from its previous version, if there is one. */
    private static List<FileChange> changes(Optional<Contract> before, Contract now) {
        var changes = new LinkedHashMap<String, FileChange>();
        before.ifPresent(old -> old.artifacts()
                .forEach(artifact -> changes.put(
                        artifact.path(),
                        new FileChange(artifact.path(), Optional.of(artifact.content()), Optional.empty()))));
        for (var artifact : now.artifacts()) {
            var base = Optional.ofNullable(changes.get(artifact.path())).flatMap(FileChange::base);
            changes.put(artifact.path(), new FileChange(artifact.path(), base, Optional.of(artifact.content())));
        }
        return List.copyOf(changes.values());
    }

    private static List<String> paths(List<FileChange> changes) {
        return changes.stream().map(FileChange::path).toList();
    }
}
