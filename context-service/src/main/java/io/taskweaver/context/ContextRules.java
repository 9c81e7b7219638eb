package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.CodeSnapshot;
import io.taskweaver.code.GitPath;
import io.taskweaver.code.LineFolder;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.contexts.Conventions;
import io.taskweaver.contexts.RelevantCode.Candidate;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Contract;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.ContextCommand;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanArchived;
import io.taskweaver.model.event.PlanEvent.PlanCancelled;
import io.taskweaver.model.event.PlanEvent.PlanCompleted;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.PlanFailed;
import io.taskweaver.model.event.PlanEvent.PlanStanding;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.ResultApproved;
import io.taskweaver.model.event.PlanEvent.ResultWithdrawn;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import io.taskweaver.wire.code.CodePacks;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final Resolutions resolutions;
    private final QueueRules queue;
    private final ContextChangeRules changes;

    ContextRules(PlanRepositories repositories) {
        this.repositories = repositories;
        var merges = new ResultMerges(repositories);
        this.resolutions = new Resolutions(repositories, merges);
        this.queue = new QueueRules(repositories, merges, resolutions);
        this.changes = new ContextChangeRules(repositories);
    }

    /**
     * @throws IllegalArgumentException if the event is inconsistent or exceeds a limit
     * @throws IOException if the repository cannot be used
     */
    FoldDecision on(StoredPlan plan, PlanEvent event) throws IOException, InterruptedException {
        if (changes.isLate(plan, event)) return FoldDecision.Accept.silently(new Writes(event.plan()));
        return switch (event) {
            case RequirementsSubmitted submitted -> on(plan, submitted);
            case PlanCreated created -> on(plan, created);
            case TaskPlanned planned -> on(plan, planned);
            case ContractPublished published -> on(plan, published);
            case TaskCompleted completed -> {
                var head = plan.head();
                yield head.isEmpty() ? new FoldDecision.UnknownPlan() : queue.on(plan, head.get(), completed);
            }
            case TaskFailed failed -> {
                var head = plan.head();
                yield head.isEmpty() ? new FoldDecision.UnknownPlan() : queue.on(plan, head.get(), failed);
            }
            case ResultApproved approved -> {
                var head = plan.head();
                yield head.isEmpty() ? new FoldDecision.UnknownPlan() : queue.on(plan, head.get(), approved);
            }
            case TaskResolved resolved -> {
                var head = plan.head();
                yield head.isEmpty() ? new FoldDecision.UnknownPlan() : queue.on(plan, head.get(), resolved);
            }
            case ResultWithdrawn withdrawn -> {
                var head = plan.head();
                yield head.isEmpty() ? new FoldDecision.UnknownPlan() : queue.on(plan, head.get(), withdrawn);
            }
            case PlanCompleted _, PlanFailed _, PlanCancelled _, PlanStanding _, PlanArchived _, ContextCommand _ ->
                changes.on(plan, event);
            default -> throw new IllegalArgumentException("not an event of this service: " + event.getClass());
        };
    }

    /**
     * What has to be done before an event is looked at: what it is about may not be what is stored under its plan, and a
     * crash may have lost code that is needed for it.
     *
     * @throws IOException if the repository cannot be used
     */
    Optional<FoldDecision> before(StoredPlan plan, PlanEvent event) throws IOException, InterruptedException {
        var replaced = changes.before(plan, event);
        return replaced.isPresent() ? replaced : resolutions.lost(plan, event);
    }

    /**
     * What follows from an event once its decision is stored, one step at a time; empty if nothing does.
     *
     * @throws IOException if the repository cannot be used
     */
    Optional<FoldDecision> next(StoredPlan plan, PlanEvent event) throws IOException, InterruptedException {
        return queue.next(plan, event);
    }

    /** A node that was added later says since when it is there. */
    private static Writes arrived(StoredPlan plan, TaskPlanned planned, Writes writes) {
        var node = planned.task();
        long version = plan.head().map(Head::version).orElse(0L);
        boolean isAdded = node.kind() == Task.Kind.RECONCILE || node.kind() == Task.Kind.VERIFY;
        return isAdded && version > 0 && plan.task(node.id()).isEmpty()
                ? writes.arrived(node.id(), version, 1)
                : writes;
    }

    private static Writes begun(StoredPlan plan, PlanEvent event) {
        var writes = new Writes(event.plan());
        return plan.head().isPresent() ? writes : writes.head(Head.NEW);
    }

    private FoldDecision on(StoredPlan plan, TaskPlanned planned) {
        var writes = arrived(plan, planned, begun(plan, planned)).task(planned);
        plan.head().ifPresent(head -> {
            var known = queue.known(plan, head, planned.task());
            if (!known.equals(head.queue())) writes.head(head.with(known));
        });
        return FoldDecision.Accept.silently(writes);
    }

    private FoldDecision on(StoredPlan plan, RequirementsSubmitted submitted) throws IOException, InterruptedException {
        var head = plan.head().orElse(Head.NEW);
        var code = repositories.of(submitted.plan());
        var submission = submitted.submission();
        // Whether it becomes a plan is for the planner to say; until then, what was imported stays.
        if (plan.is(PlanMark.Kind.IMPORTED)) {
            base(code, submitted);
            return FoldDecision.Accept.silently(new Writes(submitted.plan()).submission(submitted));
        }
        // A resubmitted plan keeps its code base.
        if (head.base().isPresent() || head.isOfEarlierBuild())
            return FoldDecision.Accept.of(
                    new Writes(submitted.plan()), repeated(code, head, submission, submitted), Optional.empty());
        var base = base(code, submitted);
        code.cutAbove(base.commit());
        LineFolder.write(code.folder(), base);
        var writes = new Writes(submitted.plan())
                .commit(0, base.start(), Optional.empty())
                .code(codeBase(submission.code()));
        var objects = new ArrayList<>(packed(code, base, submission, submitted));
        var options = submission.options();
        var begun = new Head(
                0,
                Optional.of(base),
                base.start(),
                List.of(),
                MergeQueue.of(options.verify(), options.allowFailingBase()).reviewing(options.reviews()));
        // Contracts may have come first.
        for (var published : plan.contracts()) {
            begun = contract(plan, begun, code, published, Optional.empty(), writes, objects, new ArrayList<>());
            writes.arrived(
                    published.task(), begun.version(), published.contract().version());
        }
        code.head(begun.commit());
        return FoldDecision.Accept.of(writes.head(begun), objects, Optional.empty());
    }

    /**
     * The code that a plan starts from.
     *
     * @throws IllegalArgumentException if it is not on the topic, or not whole
     */
    private BaseCommit base(CodeRepository code, RequirementsSubmitted submitted)
            throws IOException, InterruptedException {
        var given = submitted.submission().options().base();
        if (given.isPresent()
                && !(repositories.await(submitted.plan(), given.get().commit())
                        && repositories.await(submitted.plan(), given.get().start())))
            throw new IllegalArgumentException("The code of the plan, commit "
                    + given.get().start() + ", is not on the topic code-objects. Run it as a new plan, with --again.");
        var base = given.isPresent()
                ? given.get()
                : ofText(code, submitted.submission().code());
        checkWhole(code, base);
        if (!isOnTop(code, base))
            throw new IllegalArgumentException(
                    "The commit " + base.start() + " is not on top of the base of the plan, " + base.commit() + ".");
        return base;
    }

    /** With the plan, the submission that it was made of is taken up if imported contexts were in its way. */
    private FoldDecision on(StoredPlan plan, PlanCreated created) throws IOException, InterruptedException {
        var cause = created.meta().causationId();
        var held = plan.submissions().stream()
                .filter(submitted -> cause.isEmpty() || cause.get().equals(submitted.eventId()))
                .max(Comparator.comparing(RequirementsSubmitted::at));
        // The others were refused, or repeat it.
        var keys = plan.keysOfSubmissions();
        if (held.isPresent() && on(plan, held.get()) instanceof FoldDecision.Accept begun) {
            begun.writes().created(created).delete(keys);
            return begun;
        }
        return FoldDecision.Accept.silently(
                begun(plan, created).created(created).delete(keys));
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

    private FoldDecision on(StoredPlan plan, ContractPublished published) throws IOException, InterruptedException {
        ResultPaths.tooMany("The contract", published.contract().artifacts().size())
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
        var head = plan.head().orElse(Head.NEW);
        var writes = new Writes(published.plan());
        var before = plan.contract(published.task());
        if (before.isPresent() && before.get().version() > published.contract().version())
            return FoldDecision.Accept.silently(writes);
        // Until the submission is read, there is no code to merge it into.
        if (head.base().isEmpty())
            return FoldDecision.Accept.silently(begun(plan, published)
                    .arrived(published.task(), 0, published.contract().version())
                    .contract(published));
        var code = repositories.of(published.plan());
        var objects = new ArrayList<CodeObjects>();
        var made = plan.contractCommit(published.task());
        if (made.isPresent() && !repositories.await(published.plan(), made.get()))
            remake(plan, head, code, published, before, made.get());
        if (before.isPresent() && before.get().version() == published.contract().version()) {
            if (made.isPresent() && code.has(made.get()))
                objects.addAll(ResultMerges.packed(
                        published,
                        code,
                        made.get(),
                        code.treeOf(code.parentOf(made.get()).orElseThrow()),
                        Optional.empty()));
            return FoldDecision.Accept.of(writes, objects, Optional.empty());
        }
        awaitHead(published.plan(), head);
        var leftOut = new ArrayList<String>();
        var next = contract(plan, head, code, published, before, writes, objects, leftOut);
        plan.published(published.task()).ifPresent(earlier -> writes.replaced(published.task(), earlier));
        writes.arrived(published.task(), next.version(), published.contract().version());
        // The contract is written last: until it is stored, a repetition of the event finds its files unchanged.
        if (next.version() > head.version()) {
            writes.head(next);
            code.head(next.commit());
        } else if (made.isPresent() && made.get().equals(head.commit()))
            // A crash may have come after the head was stored and before its objects were sent.
            objects.addAll(ResultMerges.packed(
                    published,
                    code,
                    made.get(),
                    code.treeOf(code.parentOf(made.get()).orElseThrow()),
                    Optional.empty()));
        return new FoldDecision.Accept(
                writes.contract(published), objects, Optional.empty(), Optional.empty(), leftOut);
    }

    /**
     * Takes up the files of a contract as a commit of its own. What the code base or a task has written stays where it
     * contradicts them; a contract that changes nothing makes no commit, as one that is text.
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
                conflicts.forEach(conflict -> leftOut.add(conflict.added().orElse(conflict.path())));
                yield made;
            }
        };
        if (merged.equals(tree)) return head;
        var commit = code.commit(
                merged,
                List.of(head.commit()),
                CommitMessages.of(published.plan(), published.contract()),
                ResultMerges.date(code, head.commit(), published.at()));
        objects.addAll(ResultMerges.packed(published, code, commit, tree, Optional.empty()));
        var next = head.next(commit, List.of());
        ResultMerges.files(plan, next, code.difference(tree, merged), published.task(), List.of(), writes);
        writes.commit(next.version(), commit, Optional.of(published.task())).contractCommit(published.task(), commit);
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
            var then = new Head(version - 1, head.base(), parent.get(), List.of(), head.queue());
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
        before.ifPresent(old -> old.files()
                .forEach(artifact ->
                        texts.put(artifact.path(), new Texts(Optional.of(artifact.content()), Optional.empty()))));
        for (var artifact : now.files())
            texts.merge(
                    artifact.path(),
                    new Texts(Optional.empty(), Optional.of(artifact.content())),
                    (old, added) -> new Texts(old.before(), added.after()));
        return new java.util.TreeMap<>(texts);
    }
}
