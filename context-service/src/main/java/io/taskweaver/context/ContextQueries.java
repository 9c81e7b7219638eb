package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.LineBundle;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.contexts.Neighbours;
import io.taskweaver.contexts.RelevantCode;
import io.taskweaver.contexts.ResolvedAttempt;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Contract;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Need;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.wire.code.PlanRepositories;
import io.taskweaver.wire.rest.LineView;
import io.taskweaver.wire.rest.MergedView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers queries from a stored plan. An existing version never changes. */
final class ContextQueries {
    /** Maximum depth of repeated reconciliations in which needs are searched. */
    private static final int MAX_RECONCILIATIONS = 20;

    /** Largest file that a prompt shows, bytes. */
    private static final long MOST_SHOWN_BYTES = 256 * 1024;

    private final PlanRepositories repositories;
    private final RelevantCode relevantCode;

    /** @param settings with the limits of isolated contexts */
    ContextQueries(ContextSettings settings, PlanRepositories repositories) {
        this.repositories = repositories;
        this.relevantCode = new RelevantCode(settings.codeFiles(), settings.codeChars());
    }

    /**
     * All merged files.
     *
     * @param version empty for the newest
     * @param changedOnly omits files of the code base that no task changed
     * @throws IOException if the repository cannot be read
     */
    QueryResult<MergedView> merged(StoredPlan plan, PlanId id, OptionalLong version, boolean changedOnly)
            throws IOException, InterruptedException {
        var head = plan.head();
        if (head.isEmpty()) return absent(plan);
        if (head.get().base().isEmpty()) return new QueryResult.TooEarly<>(awaitedCode(head.get()));
        long asOf = version.orElse(head.get().version());
        var commit = plan.commit(asOf);
        if (commit.isEmpty()) return new QueryResult.TooEarly<>(version(asOf, head.get()));
        var base = head.get().base().get().commit();
        for (var needed : List.of(base, commit.get()))
            if (!repositories.await(id, needed)) return new QueryResult.TooEarly<>("the commit " + needed);
        var code = repositories.of(id);
        var tree = code.treeOf(commit.get());
        var files = new LinkedHashMap<String, String>();
        var other = new ArrayList<String>();
        var deleted = new ArrayList<String>();
        var at = head.get().base().get().at(commit.get());
        for (var change : code.difference(code.treeOf(base), tree)) {
            var path = at.inPlan(change.path());
            if (path.isEmpty()) continue;
            if (change.after().isEmpty()) deleted.add(path.get());
            else if (changedOnly) show(code, path.get(), change.after().get(), files, other);
        }
        if (!changedOnly)
            code.eachFile(tree, (path, entry) -> {
                var inPlan = at.inPlan(path);
                if (inPlan.isPresent()) show(code, inPlan.get(), entry, files, other);
            });
        return new QueryResult.Found<>(new MergedView(asOf, tree, files, other, deleted));
    }

    /** Base and head of the plan's code. */
    QueryResult<LineView> line(StoredPlan plan) {
        var head = plan.head();
        if (head.isEmpty()) return absent(plan);
        if (head.get().base().isEmpty()) return new QueryResult.TooEarly<>(awaitedCode(head.get()));
        return new QueryResult.Found<>(new LineView(
                head.get().version(), head.get().base().get(), head.get().commit()));
    }

    /**
     * The plan's code as a Git bundle.
     *
     * @param result commit of a result that is not merged, to be the last commit of the bundle in place of the head
     * @param have commit that its reader has
     * @throws IOException if the repository cannot be read
     */
    QueryResult<byte[]> bundle(StoredPlan plan, PlanId id, Optional<String> result, Optional<String> have)
            throws IOException, InterruptedException {
        var head = plan.head();
        if (head.isEmpty()) return absent(plan);
        if (head.get().base().isEmpty()) return new QueryResult.TooEarly<>(awaitedCode(head.get()));
        var base = head.get().base().get().commit();
        for (var needed : List.of(base, head.get().commit()))
            if (!repositories.await(id, needed)) return new QueryResult.TooEarly<>("the commit " + needed);
        var code = repositories.of(id);
        if (result.isPresent() && !(repositories.await(id, result.get()) && code.isAncestor(base, result.get())))
            return new QueryResult.Unknown<>();
        return new QueryResult.Found<>(
                LineBundle.bytes(code, base, result.orElse(head.get().commit()), have));
    }

    private static void show(
            CodeRepository code, String path, FileEntry entry, Map<String, String> files, List<String> other)
            throws IOException {
        code.text(entry, Long.MAX_VALUE).ifPresentOrElse(text -> files.put(path, text), () -> other.add(path));
    }

    /** Nothing is stored of the plan: it is archived, or unknown. */
    static <T> QueryResult<T> absent(StoredPlan plan) {
        return plan.mark().<QueryResult<T>>map(QueryResult.Gone::new).orElseGet(QueryResult.Unknown::new);
    }

    static String awaitedCode(Head head) {
        return head.isOfEarlierBuild()
                ? "code in the form of this build: an earlier one began the plan; submit it again with --again"
                : "the submission with the code base";
    }

    /** The isolated context of a task; see {@link #merged} for the version. */
    QueryResult<IsolatedContext> isolated(StoredPlan plan, PlanId owner, TaskId id, OptionalLong version)
            throws IOException, InterruptedException {
        var head = plan.head();
        if (head.isEmpty()) return absent(plan);
        if (head.get().base().isEmpty()) return new QueryResult.TooEarly<>(awaitedCode(head.get()));
        var summary = plan.summary();
        if (summary.isEmpty()) return new QueryResult.TooEarly<>("the plan's title and constraints");
        var planned = plan.task(id);
        if (planned.isEmpty()) return new QueryResult.TooEarly<>("the task " + id);
        long asOf = version.orElse(head.get().version());
        var commit = plan.commit(asOf);
        if (commit.isEmpty()) return new QueryResult.TooEarly<>(version(asOf, head.get()));
        if (planned.get().task().kind() == Task.Kind.VERIFY)
            return verification(head.get(), owner, summary.get(), planned.get().task(), asOf);
        if (!repositories.await(owner, commit.get())) return new QueryResult.TooEarly<>("the commit " + commit.get());
        return new Assembly(
                        plan,
                        owner,
                        summary.get(),
                        planned.get(),
                        asOf,
                        repositories.of(owner),
                        head.get().base().get().at(commit.get()),
                        head.get().queue().failures())
                .answer();
    }

    /** What a verification node is given: the code, and what may fail on it. */
    private QueryResult<IsolatedContext> verification(
            Head head, PlanId owner, PlanSummary summary, Task node, long version)
            throws IOException, InterruptedException {
        var base = head.base().orElseThrow();
        var queue = head.queue();
        var commit = node.id().equals(Verifications.BASE)
                ? base.start()
                : queue.batch()
                        .filter(batch -> batch.node().equals(node.id()))
                        .map(MergeQueue.Batch::commit)
                        .orElse(head.commit());
        if (!repositories.await(owner, commit)) return new QueryResult.TooEarly<>("the commit " + commit);
        boolean verified = repositories.of(owner).treeOf(commit).equals(queue.verified())
                && queue.failures().isEmpty();
        return new QueryResult.Found<>(new IsolatedContext(
                summary.title(),
                node,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Neighbourhood.NONE,
                List.of(),
                List.of(),
                version,
                Optional.of(new CodeAt(commit, base.prefix(), Optional.empty(), verified)),
                node.id().equals(Verifications.END) ? List.of() : queue.failures()));
    }

    static String version(long version, Head head) {
        return "version " + version + " of the merged context, which is at version " + head.version();
    }

    /** Assembles the context of one task. */
    private final class Assembly {
        private final StoredPlan plan;
        private final PlanId owner;
        private final PlanSummary summary;
        private final TaskPlanned planned;
        private final Task task;
        private final long asOf;
        private final CodeRepository code;
        private final CodeAt at;
        private final List<String> knownFailures;
        private final String tree;
        private final Map<String, Contract> contracts = new LinkedHashMap<>();
        private final Map<String, String> files = new HashMap<>();

        Assembly(
                StoredPlan plan,
                PlanId owner,
                PlanSummary summary,
                TaskPlanned planned,
                long asOf,
                CodeRepository code,
                CodeAt at,
                List<String> knownFailures)
                throws IOException {
            this.plan = plan;
            this.owner = owner;
            this.summary = summary;
            this.planned = planned;
            this.task = planned.task();
            this.asOf = asOf;
            this.code = code;
            this.at = at;
            this.knownFailures = knownFailures;
            this.tree = code.treeOf(at.commit());
        }

        QueryResult<IsolatedContext> answer() throws IOException, InterruptedException {
            var conflicted = conflicted();
            if (conflicted.isPresent()
                    && !repositories.await(owner, conflicted.get().commit()))
                return new QueryResult.TooEarly<>(
                        "the commit " + conflicted.get().commit());
            var existing = plan.code();
            var given = origin();
            var awaited = take(given.needs());
            if (awaited.isEmpty()) awaited = take(task.needs());
            if (awaited.isPresent()) return new QueryResult.TooEarly<>(awaited.get());
            task.component().flatMap(plan::contractOf).ifPresent(this::take);
            for (var path : given.expectedFiles()) take(path);
            for (var path : given.checks().outputs()) take(path);
            for (var path : relevantCode.pick(task, existing.files())) take(path);
            var conflicts = new ArrayList<FileConflict>();
            if (conflicted.isPresent()) takeConflict(conflicted.get(), conflicts);
            contracts.values().forEach(contract -> contract.files().forEach(file -> files.remove(file.path())));
            for (var conflict : conflicts) take(conflict.path());
            var unknown = given.unlocks().stream()
                    .limit(Neighbours.MOST_DEPENDENTS)
                    .filter(next -> plan.task(next).isEmpty())
                    .findFirst();
            if (unknown.isPresent())
                return new QueryResult.TooEarly<>("the task " + unknown.get() + ", which builds on it");
            return new QueryResult.Found<>(new IsolatedContext(
                    summary.title(),
                    task,
                    summary.constraints(),
                    summary.boundaries(),
                    List.copyOf(contracts.values()),
                    files,
                    planned.dependentTitles(),
                    Neighbours.of(given, other -> plan.task(other).map(TaskPlanned::task)),
                    existing.conventions(),
                    conflicts,
                    asOf,
                    Optional.of(new CodeAt(at.commit(), at.prefix(), conflicted.map(CodeResult::commit))),
                    knownFailures));
        }

        /**
         * A reconcile task is announced with the conflict as its only need; it also has the needs of the conflicted
         * task.
         */
        private Task origin() {
            var origin = task;
            for (int step = 0; step < MAX_RECONCILIATIONS && origin.kind() == Task.Kind.RECONCILE; step++) {
                var resolved = ResolvedAttempt.of(origin).flatMap(attempt -> plan.task(attempt.task()));
                if (resolved.isEmpty()) break;
                origin = resolved.get().task();
            }
            return origin;
        }

        /** Collects the needs, or returns the first unmet one. */
        private Optional<String> take(List<Need> needs) throws IOException {
            for (var need : needs) {
                // The conflict of a reconcile task is its cause, not a need to wait for.
                if (need.reason() == Need.Reason.RECONCILE) continue;
                var awaited = need.kind() == Need.Kind.CONTRACT ? takeContract(need.on()) : takeResult(need.on());
                if (awaited.isPresent()) return awaited;
            }
            return Optional.empty();
        }

        private Optional<String> takeContract(TaskId node) {
            var contract = plan.contract(node);
            contract.ifPresent(this::take);
            return contract.isPresent() || isDone(node) ? Optional.empty() : Optional.of("the contract of " + node);
        }

        private Optional<String> takeResult(TaskId needed) throws IOException {
            var contract = plan.contract(needed);
            contract.ifPresent(this::take);
            if (contract.isPresent()) return Optional.empty();
            if (plan.settlement(needed).orElse(null) instanceof Settlement.Merged merged) {
                for (var path : merged.touched()) {
                    var inPlan = at.inPlan(path);
                    if (inPlan.isPresent()) take(inPlan.get());
                }
                return Optional.empty();
            }
            return isDone(needed) ? Optional.empty() : Optional.of("the merged result of " + needed);
        }

        private boolean isDone(TaskId node) {
            return plan.task(node).filter(known -> known.task().done()).isPresent();
        }

        private void take(Contract contract) {
            contracts.put(contract.component(), contract);
        }

        private void take(String path) throws IOException {
            if (FilePath.problem(path).isPresent()) return;
            var entry = code.entry(tree, at.inTree(FilePath.of(path).value()));
            if (entry.isPresent()) code.text(entry.get(), MOST_SHOWN_BYTES).ifPresent(text -> files.put(path, text));
        }

        /** Merges the conflicting result again, into this version: what goes together is shown as merged. */
        private void takeConflict(CodeResult result, List<FileConflict> conflicts)
                throws IOException, InterruptedException {
            var merge = TreeMerge.of(code, code.treeOf(result.parent()), tree, result.tree());
            var start = switch (merge) {
                case TreeMerge.Outcome.Merged(String merged, var _) -> merged;
                case TreeMerge.Outcome.Conflicted(String clean, var paths) -> {
                    for (var path : paths)
                        conflicts.add(new FileConflict(
                                at.inPlan(path.path()).orElse(path.path()),
                                shown(path.base()),
                                shown(path.head()),
                                shown(path.result()),
                                plan.contributors(path.path()),
                                path.added().map(name -> at.inPlan(name).orElse(name))));
                    yield clean;
                }
            };
            for (var change : code.difference(tree, start)) {
                var path = at.inPlan(change.path());
                if (path.isEmpty()) continue;
                files.remove(path.get());
                text(change.after()).ifPresent(text -> files.put(path.get(), text));
            }
        }

        private Optional<String> text(Optional<FileEntry> entry) throws IOException {
            return entry.isEmpty() ? Optional.empty() : code.text(entry.get(), MOST_SHOWN_BYTES);
        }

        /** The text, or what is there instead: without a word, a side would seem to have no such file. */
        private Optional<String> shown(Optional<FileEntry> entry) throws IOException {
            var text = text(entry);
            return text.isPresent() ? text : entry.map(Assembly::described);
        }

        private static String described(FileEntry entry) {
            return switch (entry.mode()) {
                case FileEntry.SUBMODULE -> "(A submodule, at commit " + entry.object() + ".)\n";
                case FileEntry.LINK ->
                    "(A symbolic link; in this repository, git cat-file blob " + entry.object()
                            + " prints its target.)\n";
                default ->
                    "(Binary, or too large to be shown: " + entry.bytes()
                            + " bytes; in this repository, git cat-file blob " + entry.object() + " prints them.)\n";
            };
        }

        /** The result that a reconcile task brings together with the head. */
        private Optional<CodeResult> conflicted() {
            if (task.kind() != Task.Kind.RECONCILE) return Optional.empty();
            return ResolvedAttempt.of(task)
                    .flatMap(resolved ->
                            plan.settlement(resolved.task()).filter(settled -> settled.attempt() == resolved.attempt()))
                    .flatMap(settled ->
                            settled instanceof Settlement.Conflicted open ? open.code() : Optional.<CodeResult>empty());
        }
    }
}
