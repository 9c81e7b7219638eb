package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.CodeSnapshot;
import io.taskweaver.code.GitPath;
import io.taskweaver.code.LineFolder;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.contexts.Conventions;
import io.taskweaver.contexts.RelevantCode.Candidate;
import io.taskweaver.contexts.ResolvedAttempt;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Contract;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Submission;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.wire.code.CodePacks;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what an event changes: a result becomes a commit on the plan's line, or a conflict. Writes nothing but objects
 * into the plan's repository, which the same event makes again with the same names; so an event that is read again, after
 * a crash or by another instance, has the same answer.
 *
 * <p>After a start, topics may be read in any order, so the first event of a plan may be any but a result. A result
 * cannot be first: its executor fetched the context before.
 */
final class ContextRules {
    private final PlanRepositories repositories;

    ContextRules(PlanRepositories repositories) {
        this.repositories = repositories;
    }

    /**
     * @throws IllegalArgumentException if the event is inconsistent or exceeds a limit
     * @throws IOException if the repository cannot be used
     */
    FoldDecision on(StoredPlan plan, PlanEvent event) throws IOException, InterruptedException {
        return switch (event) {
            case RequirementsSubmitted submitted -> on(plan, submitted);
            case PlanCreated created ->
                FoldDecision.Accept.silently(begun(plan, created).created(created));
            case TaskPlanned planned ->
                FoldDecision.Accept.silently(begun(plan, planned).task(planned));
            case ContractPublished published -> on(plan, published);
            case TaskCompleted completed -> {
                var head = plan.head();
                yield head.isEmpty() ? new FoldDecision.UnknownPlan() : on(plan, head.get(), completed);
            }
            default -> throw new IllegalArgumentException("not an event of this service: " + event.getClass());
        };
    }

    private static Writes begun(StoredPlan plan, PlanEvent event) {
        var writes = new Writes(event.plan());
        return plan.head().isPresent() ? writes : writes.head(Head.NEW);
    }

    private FoldDecision on(StoredPlan plan, RequirementsSubmitted submitted) throws IOException, InterruptedException {
        var head = plan.head().orElse(Head.NEW);
        var code = repositories.of(submitted.plan());
        var submission = submitted.submission();
        // A resubmitted plan keeps its code base.
        if (head.base().isPresent() || head.isOfEarlierBuild())
            return new FoldDecision.Accept(
                    new Writes(submitted.plan()),
                    repeated(code, head, submission, submitted),
                    Optional.empty(),
                    List.of());
        var given = submission.options().base();
        if (given.isPresent()
                && !(repositories.await(submitted.plan(), given.get().commit())
                        && repositories.await(submitted.plan(), given.get().start())))
            throw new IllegalArgumentException("The code of the plan, commit "
                    + given.get().start() + ", is not on the topic code-objects. Run it as a new plan, with --again.");
        var base = given.isPresent() ? given.get() : ofText(code, submission.code());
        checkWhole(code, base);
        code.cutAbove(base.commit());
        if (!isOnTop(code, base))
            throw new IllegalArgumentException(
                    "The commit " + base.start() + " is not on top of the base of the plan, " + base.commit() + ".");
        LineFolder.write(code.folder(), base);
        var writes = new Writes(submitted.plan()).commit(0, base.start()).code(codeBase(submission.code()));
        var objects = new ArrayList<>(packed(code, base, submission, submitted));
        var begun = new Head(0, Optional.of(base), base.start(), List.of());
        // Contracts may have come first.
        for (var published : plan.contracts())
            begun = contract(plan, begun, code, published, Optional.empty(), writes, objects, new ArrayList<>());
        code.head(begun.commit());
        return new FoldDecision.Accept(writes.head(begun), objects, Optional.empty(), List.of());
    }

    /** Whoever merges needs the head. It comes from the topic where this instance did not make it. */
    private void awaitHead(PlanId plan, Head head) throws IOException, InterruptedException {
        if (!repositories.await(plan, head.commit()))
            throw new IOException("the head of the plan, " + head.commit() + ", is not on the topic code-objects");
    }

    /** All of it is read once: a plan whose code has holes could not go on later. */
    private static void checkWhole(CodeRepository code, BaseCommit base) throws IOException {
        if (code.changes(Optional.empty(), base.commit()).isEmpty()
                || code.changes(Optional.of(base.commit()), base.start()).isEmpty())
            throw new IllegalArgumentException("The code of the plan, commit " + base.start()
                    + ", is not complete on the topic code-objects. Run it as a new plan, with --again.");
    }

    private static boolean isOnTop(CodeRepository code, BaseCommit base) throws IOException {
        var at = Optional.of(base.start());
        while (at.isPresent() && !at.get().equals(base.commit()))
            at = code.has(at.get()) ? code.parentOf(at.get()) : Optional.empty();
        return at.isPresent();
    }

    private static List<CodeObjects> repeated(
            CodeRepository code, Head head, Submission submission, RequirementsSubmitted event) throws IOException {
        if (head.base().isEmpty() || submission.options().base().isPresent()) return List.of();
        var base = head.base().get();
        // If a crash lost it before it was sent, the same texts make it again.
        if (!code.has(base.commit())) ofText(code, submission.code());
        return code.has(base.commit()) ? packed(code, base, submission, event) : List.of();
    }

    /** The base as packs, where its submitter did not send them. */
    private static List<CodeObjects> packed(
            CodeRepository code, BaseCommit base, Submission submission, RequirementsSubmitted event)
            throws IOException {
        if (submission.options().base().isPresent()) return List.of();
        return CodePacks.of(
                event.plan(),
                base.commit(),
                true,
                code.pack(base.commit(), List.of()),
                event.at(),
                Optional.of(event.eventId()));
    }

    private static BaseCommit ofText(CodeRepository code, List<CodeFile> files) throws IOException {
        var entries = new HashMap<String, EntryChange>();
        for (var file : files) {
            var text = file.content();
            if (text.isEmpty() || FilePath.problem(file.path()).isPresent()) continue;
            var path = GitPath.text(FilePath.of(file.path()).value().getBytes(StandardCharsets.UTF_8));
            var entry = code.file(text.get().getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
            entries.putIfAbsent(path, new EntryChange(path, Optional.empty(), Optional.of(entry)));
        }
        // A file that another one has as a folder cannot be in a tree.
        var folders = new HashSet<String>();
        for (var path : entries.keySet()) folders.addAll(GitPath.folders(path));
        entries.keySet().removeAll(folders);
        var tree = code.edit(code.emptyTree(), entries.values());
        return new BaseCommit("", code.commit(tree, List.of(), CodeSnapshot.MESSAGE, CodeSnapshot.EPOCH), "");
    }

    private static CodeBase codeBase(List<CodeFile> files) {
        var inventory = new ArrayList<Candidate>();
        for (var file : files)
            file.content().ifPresent(text -> inventory.add(new Candidate(file.path(), text.length())));
        return new CodeBase(inventory, Conventions.of(files));
    }

    private static void checkNumber(String what, int files) {
        ResultPaths.tooMany(what, files).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    private FoldDecision on(StoredPlan plan, ContractPublished published) throws IOException, InterruptedException {
        checkNumber("The contract", published.contract().artifacts().size());
        var head = plan.head().orElse(Head.NEW);
        var writes = new Writes(published.plan());
        var before = plan.contract(published.task());
        if (before.isPresent() && before.get().version() > published.contract().version())
            return FoldDecision.Accept.silently(writes);
        // Until the submission is read, there is no code to merge it into.
        if (head.base().isEmpty())
            return FoldDecision.Accept.silently(begun(plan, published).contract(published));
        var code = repositories.of(published.plan());
        var objects = new ArrayList<CodeObjects>();
        var made = plan.contractCommit(published.task());
        if (made.isPresent() && !repositories.await(published.plan(), made.get()))
            remake(plan, head, code, published, before, made.get());
        if (before.isPresent() && before.get().version() == published.contract().version()) {
            if (made.isPresent() && code.has(made.get()))
                objects.addAll(packed(
                        published,
                        code,
                        made.get(),
                        code.treeOf(code.parentOf(made.get()).orElseThrow()),
                        Optional.empty()));
            return new FoldDecision.Accept(writes, objects, Optional.empty(), List.of());
        }
        awaitHead(published.plan(), head);
        var leftOut = new ArrayList<String>();
        var next = contract(plan, head, code, published, before, writes, objects, leftOut);
        // The contract is written last: until it is stored, a repetition of the event finds its files unchanged.
        if (next.version() > head.version()) {
            writes.head(next);
            code.head(next.commit());
        } else if (made.isPresent() && made.get().equals(head.commit()))
            // A crash may have come after the head was stored and before its objects were sent.
            objects.addAll(packed(
                    published,
                    code,
                    made.get(),
                    code.treeOf(code.parentOf(made.get()).orElseThrow()),
                    Optional.empty()));
        return new FoldDecision.Accept(writes.contract(published), objects, Optional.empty(), leftOut);
    }

    /**
     * Takes up the files of a contract as a commit of its own. What the code base or a task has written stays where it
     * contradicts them; a contract that changes nothing makes no commit.
     */
    private Head contract(
            StoredPlan plan,
            Head head,
            CodeRepository code,
            ContractPublished published,
            Optional<Contract> before,
            Writes writes,
            List<CodeObjects> objects,
            List<String> leftOut)
            throws IOException, InterruptedException {
        var base = head.base().orElseThrow();
        var tree = code.treeOf(head.commit());
        var edits = new ArrayList<EntryChange>();
        for (var artifact : artifacts(before, published.contract()).entrySet()) {
            if (FilePath.problem(artifact.getKey()).isPresent()
                    || artifact.getKey().startsWith("\"")) {
                leftOut.add(artifact.getKey());
                continue;
            }
            var path = base.inTree(artifact.getKey());
            var there = code.entry(tree, path);
            var known = there.isEmpty() ? Optional.<String>empty() : code.text(there.get(), Long.MAX_VALUE);
            var wanted = artifact.getValue().after();
            if (there.isPresent() ? known.equals(wanted) : wanted.isEmpty()) continue;
            boolean ours = there.isEmpty()
                    || (known.isPresent() && known.equals(artifact.getValue().before()));
            if (!ours
                    || (there.isEmpty()
                            && FilePath.problemOfNew(artifact.getKey()).isPresent())
                    || code.isFolder(tree, path)
                    || isBelowFile(code, tree, path)) {
                leftOut.add(artifact.getKey());
                continue;
            }
            Optional<FileEntry> now = Optional.empty();
            if (wanted.isPresent())
                now = Optional.of(code.file(wanted.get().getBytes(StandardCharsets.UTF_8), FileEntry.FILE));
            edits.add(new EntryChange(path, there, now));
        }
        if (edits.isEmpty()) return head;
        var merged = switch (TreeMerge.of(code, tree, tree, code.edit(tree, edits))) {
            case TreeMerge.Outcome.Merged(String made, Map<String, String> united) -> made;
            case TreeMerge.Outcome.Conflicted(String made, List<TreeMerge.PathConflict> conflicts) -> {
                conflicts.forEach(conflict -> leftOut.add(conflict.path()));
                yield made;
            }
        };
        if (merged.equals(tree)) return head;
        var commit = code.commit(
                merged,
                List.of(head.commit()),
                CommitMessages.of(published.plan(), published.contract()),
                date(code, head.commit(), published.at()));
        objects.addAll(packed(published, code, commit, tree, Optional.empty()));
        var next = head.next(commit, List.of());
        files(plan, next, code.difference(tree, merged), published.task(), List.of(), writes);
        writes.commit(next.version(), commit).contractCommit(published.task(), commit);
        return next;
    }

    /** Makes the commit of a contract again that was lost in a crash, before it was sent: the state outlived it. */
    private void remake(
            StoredPlan plan,
            Head head,
            CodeRepository code,
            ContractPublished published,
            Optional<Contract> before,
            String made)
            throws IOException, InterruptedException {
        var previous = before.filter(old -> old.version() < published.contract().version());
        for (long version = head.version(); version > 0; version--) {
            var parent = plan.commit(version - 1);
            if (!plan.commit(version).equals(Optional.of(made)) || parent.isEmpty()) continue;
            if (parent.get().equals(made) || !code.has(parent.get())) continue;
            var then = new Head(version - 1, head.base(), parent.get(), List.of());
            contract(
                    plan,
                    then,
                    code,
                    published,
                    previous,
                    new Writes(published.plan()),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    private static boolean isBelowFile(CodeRepository code, String tree, String path) throws IOException {
        for (var folder : FilePath.folders(path)) if (code.entry(tree, folder).isPresent()) return true;
        return false;
    }

    private record Texts(Optional<String> before, Optional<String> after) {}

    /** Texts of a contract's files, by path, with those of its previous version. */
    private static Map<String, Texts> artifacts(Optional<Contract> before, Contract now) {
        var texts = new HashMap<String, Texts>();
        before.ifPresent(old -> old.artifacts()
                .forEach(artifact ->
                        texts.put(artifact.path(), new Texts(Optional.of(artifact.content()), Optional.empty()))));
        for (var artifact : now.artifacts())
            texts.merge(
                    artifact.path(),
                    new Texts(Optional.empty(), Optional.of(artifact.content())),
                    (old, added) -> new Texts(old.before(), added.after()));
        return new java.util.TreeMap<>(texts);
    }

    private FoldDecision on(StoredPlan plan, Head head, TaskCompleted completed)
            throws IOException, InterruptedException {
        var code = repositories.of(completed.plan());
        var before = plan.settlement(completed.task());
        if (before.isPresent() && before.get().attempt() >= completed.attempt())
            return new FoldDecision.Accept(
                    new Writes(completed.plan()), repeated(plan, code, before.get(), completed), before, List.of());
        if (head.base().isEmpty())
            throw new IllegalArgumentException(
                    head.isOfEarlierBuild()
                            ? "The plan was begun by an earlier build, which kept its code in another form."
                            : "The code of the plan has not arrived.");
        awaitHead(completed.plan(), head);
        var resolves = resolved(plan, completed.task());
        var standsFor = conflictsBehind(plan, resolves);
        if (completed.code().isEmpty()) return merged(plan, head, code, completed, standsFor, Optional.empty());
        var result = completed.code().get();
        if (!repositories.await(completed.plan(), result.commit()))
            throw new IllegalArgumentException(
                    "The commit of the result, " + result.commit() + ", is not on the topic code-objects.");
        var changes = changes(code, result);
        if (changes.isEmpty())
            throw new IllegalArgumentException("The result does not describe its commit, " + result.commit() + ".");
        checkNumber("The result", changes.get().size());
        return switch (merge(code, before, head, result)) {
            case TreeMerge.Outcome.Merged merged ->
                merged(plan, head, code, completed, standsFor, Optional.of(new Merge(merged, changes.get())));
            case TreeMerge.Outcome.Conflicted(String tree, List<TreeMerge.PathConflict> conflicts) -> {
                var outcome = new Settlement.Conflicted(
                        completed.task(),
                        completed.attempt(),
                        completed.code(),
                        conflicts.stream().map(TreeMerge.PathConflict::path).toList(),
                        resolves);
                yield new FoldDecision.Accept(
                        new Writes(completed.plan()).settlements(List.of(outcome)),
                        List.of(),
                        Optional.of(outcome),
                        List.of());
            }
        };
    }

    /** Merges a result; one that does not know what an earlier attempt of its task merged replaces that. */
    private static TreeMerge.Outcome merge(
            CodeRepository code, Optional<Settlement> before, Head head, CodeResult result)
            throws IOException, InterruptedException {
        var base = code.treeOf(result.parent());
        var current = code.treeOf(head.commit());
        if (before.isPresent()
                && before.get() instanceof Settlement.Merged earlier
                && !earlier.commit().equals(earlier.parent())
                && !code.isAncestor(earlier.commit(), result.parent())
                && TreeMerge.of(code, code.treeOf(earlier.commit()), current, code.treeOf(earlier.parent()))
                        instanceof TreeMerge.Outcome.Merged undone) current = undone.tree();
        return TreeMerge.of(code, base, current, result.tree());
    }

    /**
     * A merge of a result.
     *
     * @param changes of the result
     */
    private record Merge(TreeMerge.Outcome.Merged outcome, List<EntryChange> changes) {
        Merge {
            changes = List.copyOf(changes);
        }
    }

    private FoldDecision merged(
            StoredPlan plan,
            Head head,
            CodeRepository code,
            TaskCompleted completed,
            List<Settlement.Conflicted> standsFor,
            Optional<Merge> merge)
            throws IOException {
        var tree = code.treeOf(head.commit());
        var now = merge.map(made -> made.outcome().tree()).orElse(tree);
        boolean changed = !now.equals(tree);
        var commit = changed ? commit(plan, code, now, head.commit(), completed) : head.commit();
        var changes = code.difference(tree, now);
        var touched = merge.map(Merge::changes).orElse(List.of()).stream()
                .map(EntryChange::path)
                .toList();
        var united = merge.map(made -> made.outcome().united()).orElse(Map.of()).entrySet().stream()
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .sorted()
                .toList();
        var outcome = new Settlement.Merged(
                completed.task(),
                completed.attempt(),
                head.version() + 1,
                commit,
                head.commit(),
                now,
                changes,
                touched,
                united);
        var settled = new ArrayList<Settlement>(List.of(outcome));
        for (var conflict : standsFor)
            settled.add(new Settlement.Merged(
                    conflict.task(),
                    conflict.attempt(),
                    outcome.version(),
                    commit,
                    head.commit(),
                    now,
                    changes,
                    touched,
                    united));
        var next = head.next(commit, settled);
        var writes = new Writes(completed.plan());
        files(
                plan,
                next,
                changes,
                completed.task(),
                standsFor.stream().map(Settlement.Conflicted::task).toList(),
                writes);
        if (changed) writes.commit(next.version(), commit);
        writes.head(next).settlements(settled);
        if (changed) code.head(commit);
        return new FoldDecision.Accept(
                writes,
                changed ? packed(completed, code, commit, tree, completed.code()) : List.of(),
                Optional.of(outcome),
                List.of());
    }

    private static String commit(
            StoredPlan plan, CodeRepository code, String tree, String parent, TaskCompleted completed)
            throws IOException {
        var task = plan.task(completed.task()).map(TaskPlanned::task);
        return code.commit(
                tree,
                List.of(parent),
                CommitMessages.of(completed.plan(), task, completed),
                date(code, parent, completed.at()));
    }

    private List<CodeObjects> repeated(
            StoredPlan plan, CodeRepository code, Settlement settled, TaskCompleted completed)
            throws IOException, InterruptedException {
        if (!(settled instanceof Settlement.Merged merged) || merged.commit().equals(merged.parent())) return List.of();
        var result = merged.attempt() == completed.attempt() ? completed.code() : Optional.<CodeResult>empty();
        if (result.isPresent() && changes(code, result.get()).isEmpty()) result = Optional.empty();
        if (!repositories.await(completed.plan(), merged.commit())) {
            if (result.isEmpty() || !code.has(merged.parent())) return List.of();
            remake(plan, code, merged, completed, result.get());
            if (!code.has(merged.commit())) return List.of();
        }
        return packed(completed, code, merged.commit(), code.treeOf(merged.parent()), result);
    }

    /** Makes a commit again that was lost in a crash, before it was sent: the state outlived it. */
    private static void remake(
            StoredPlan plan, CodeRepository code, Settlement.Merged merged, TaskCompleted completed, CodeResult result)
            throws IOException, InterruptedException {
        var base = code.treeOf(result.parent());
        if (TreeMerge.of(code, base, code.treeOf(merged.parent()), result.tree())
                        instanceof TreeMerge.Outcome.Merged again
                && again.tree().equals(merged.tree())) commit(plan, code, merged.tree(), merged.parent(), completed);
    }

    /** What a result changes; empty if it does not describe its commit. */
    private static Optional<List<EntryChange>> changes(CodeRepository code, CodeResult result) throws IOException {
        var changes = code.changes(Optional.of(result.parent()), result.commit());
        return changes.isPresent() && code.treeOf(result.commit()).equals(result.tree()) ? changes : Optional.empty();
    }

    private static void files(
            StoredPlan plan, Head next, List<EntryChange> changes, TaskId task, List<TaskId> others, Writes writes) {
        var files = new ArrayList<MergedFile>();
        for (var change : changes)
            files.add(new MergedFile(change.path(), change.after(), List.of(task))
                    .since(plan.file(change.path(), next.version() - 1), others));
        writes.files(files, next.version());
    }

    /** A merged commit as packs, without what its parent and the result have. */
    private static List<CodeObjects> packed(
            PlanEvent cause, CodeRepository code, String commit, String parentTree, Optional<CodeResult> result)
            throws IOException {
        var without = new ArrayList<>(List.of(parentTree));
        result.ifPresent(made -> without.add(made.tree()));
        return CodePacks.of(
                cause.plan(), commit, false, code.pack(commit, without), cause.at(), Optional.of(cause.eventId()));
    }

    /** Dates on the line never go back. */
    private static Instant date(CodeRepository code, String parent, Instant at) throws IOException {
        var before = code.dateOf(parent);
        return at.isBefore(before) ? before : at;
    }

    private static Optional<ResolvedAttempt> resolved(StoredPlan plan, TaskId task) {
        return ResolvedAttempt.of(task)
                .flatMap(byId -> plan.task(task)
                        .map(planned -> ResolvedAttempt.of(planned.task()))
                        .orElse(Optional.of(byId)));
    }

    /** The open conflict that a task resolves, then the one that the conflicted task was to resolve itself, and so on. */
    private static List<Settlement.Conflicted> conflictsBehind(StoredPlan plan, Optional<ResolvedAttempt> resolves) {
        var behind = new ArrayList<Settlement.Conflicted>();
        var next = resolves;
        while (next.isPresent()) {
            var open = next.get();
            var settled = plan.settlement(open.task());
            if (settled.isEmpty()
                    || !(settled.get() instanceof Settlement.Conflicted conflict)
                    || conflict.attempt() != open.attempt()
                    || behind.contains(conflict)) break;
            behind.add(conflict);
            next = conflict.resolves();
        }
        return behind;
    }
}
