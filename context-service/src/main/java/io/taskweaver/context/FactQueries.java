package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.LineBundle;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Need;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.wire.code.PlanRepositories;
import io.taskweaver.wire.context.ContextContent;
import io.taskweaver.wire.context.ContextDifference;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.context.ContextView.CodeText;
import io.taskweaver.wire.context.ContextView.Codebase;
import io.taskweaver.wire.context.ContextView.DependencyFact;
import io.taskweaver.wire.context.ContextView.FileFact;
import io.taskweaver.wire.context.ContextView.InterfaceFact;
import io.taskweaver.wire.context.ContextView.Metadata;
import io.taskweaver.wire.context.ContextView.Requirements;
import io.taskweaver.wire.context.ContextView.ResultFact;
import io.taskweaver.wire.context.ContextView.TaskFact;
import io.taskweaver.wire.context.Contribution;
import io.taskweaver.wire.context.FileHistory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers what is known of a plan, who contributed it, and how it came about, for people and programs. */
final class FactQueries {
    private static final String CLIENT = "client";
    private static final String EXECUTOR = "executor";
    private static final String INTERFACE = "interface";
    private static final String PLANNER = "planner";

    private final PlanRepositories repositories;
    private final ContextQueries contexts;

    /** @param contexts of tasks */
    FactQueries(PlanRepositories repositories, ContextQueries contexts) {
        this.repositories = repositories;
        this.contexts = contexts;
    }

    /**
     * The context of a plan.
     *
     * @param version empty for the newest
     * @throws IOException if the repository cannot be read
     */
    QueryResult<ContextView> plan(StoredPlan plan, PlanId id, OptionalLong version)
            throws IOException, InterruptedException {
        return at(plan, id, version, facts -> new QueryResult.Found<>(facts.ofPlan()));
    }

    /**
     * The context of a task.
     *
     * @param version empty for the newest
     * @throws IOException if the repository cannot be read
     */
    QueryResult<ContextView> task(StoredPlan plan, PlanId id, TaskId task, OptionalLong version)
            throws IOException, InterruptedException {
        return at(plan, id, version, facts -> {
            var planned = plan.task(task);
            if (planned.isEmpty()) return new QueryResult.NoTask<>(task);
            return new QueryResult.Found<>(
                    facts.ofTask(planned.get(), contexts.isolated(plan, id, task, OptionalLong.of(facts.version))));
        });
    }

    /**
     * What differs between two versions of the context of a plan, or of a task.
     *
     * @throws IOException if the repository cannot be read
     */
    QueryResult<ContextDifference> difference(StoredPlan plan, PlanId id, Optional<TaskId> task, long from, long to)
            throws IOException, InterruptedException {
        var before = view(plan, id, task, from);
        if (!(before instanceof QueryResult.Found<ContextView>(var old))) return before.without();
        var after = view(plan, id, task, to);
        if (!(after instanceof QueryResult.Found<ContextView>(var now))) return after.without();
        return at(plan, id, OptionalLong.of(to), facts -> {
            // The context of a plan names what changed; that of a task, what the task is given.
            var base = task.isPresent() ? Map.<String, FileEntry>of() : facts.ofBase(old, now);
            return new QueryResult.Found<>(ContextDifference.of(old, now, base));
        });
    }

    private QueryResult<ContextView> view(StoredPlan plan, PlanId id, Optional<TaskId> task, long version)
            throws IOException, InterruptedException {
        var at = OptionalLong.of(version);
        return task.isPresent() ? task(plan, id, task.get(), at) : plan(plan, id, at);
    }

    /**
     * Which tasks changed a file.
     *
     * @param path of the plan, or from the root of its repository
     * @throws IOException if the repository cannot be read
     */
    QueryResult<FileHistory> history(StoredPlan plan, PlanId id, String path) throws IOException, InterruptedException {
        return at(plan, id, OptionalLong.empty(), facts -> {
            var known = facts.history(facts.base.inTree(path));
            return new QueryResult.Found<>(
                    known.changes().isEmpty() && known.base().isEmpty() ? facts.history(path) : known);
        });
    }

    /**
     * All that is known of a plan, with its code.
     *
     * @throws IOException if the repository cannot be read
     */
    QueryResult<ContextDocument> document(StoredPlan plan, PlanId id) throws IOException, InterruptedException {
        return at(plan, id, OptionalLong.empty(), facts -> {
            var bundle = LineBundle.bytes(facts.code, facts.base.commit(), facts.commit, Optional.empty());
            return new QueryResult.Found<>(ContextDocument.of(facts.content(), bundle));
        });
    }

    private interface Answer<T> {
        QueryResult<T> of(Facts facts) throws IOException, InterruptedException;
    }

    private <T> QueryResult<T> at(StoredPlan plan, PlanId id, OptionalLong version, Answer<T> answer)
            throws IOException, InterruptedException {
        var head = plan.head();
        if (head.isEmpty()) return ContextQueries.absent(plan);
        var base = head.get().base();
        if (base.isEmpty()) return new QueryResult.TooEarly<>(ContextQueries.awaitedCode(head.get()));
        var summary = plan.summary();
        if (summary.isEmpty()) return new QueryResult.TooEarly<>("the plan's title and constraints");
        long asOf = version.orElse(head.get().version());
        var commit = plan.commit(asOf);
        if (commit.isEmpty()) return new QueryResult.TooEarly<>(ContextQueries.version(asOf, head.get()));
        for (var needed : List.of(base.get().commit(), commit.get()))
            if (!repositories.await(id, needed)) return new QueryResult.TooEarly<>("the commit " + needed);
        return answer.of(
                new Facts(plan, id, head.get(), summary.get(), base.get(), repositories.of(id), asOf, commit.get()));
    }

    /** Facts about a plan at a version. */
    private static final class Facts {
        private final StoredPlan plan;
        private final PlanId id;
        private final Head head;
        private final PlanSummary summary;
        private final BaseCommit base;
        private final CodeRepository code;
        private final long version;
        private final String commit;
        private final String tree;
        private final Map<TaskId, Settlement> settlements;
        private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
        private final List<TaskPlanned> planned = new ArrayList<>();
        private final Map<TaskId, ContractPublished> contracts = new LinkedHashMap<>();

        Facts(
                StoredPlan plan,
                PlanId id,
                Head head,
                PlanSummary summary,
                BaseCommit base,
                CodeRepository code,
                long version,
                String commit)
                throws IOException {
            this.plan = plan;
            this.id = id;
            this.head = head;
            this.summary = summary;
            this.base = base;
            this.code = code;
            this.version = version;
            this.commit = commit;
            this.tree = code.treeOf(commit);
            this.settlements = plan.settlements();
            for (var node : plan.tasks()) {
                boolean isContract = node.task().kind() == Task.Kind.CONTRACT;
                if (!isContract && plan.isLater(node.task().id(), version)) continue;
                planned.add(node);
                tasks.put(node.task().id(), node.task());
            }
            for (var published : plan.contracts())
                plan.contract(published.task(), version).ifPresent(then -> contracts.put(then.task(), then));
        }

        ContextView ofPlan() throws IOException {
            return new ContextView(
                    metadata(Optional.empty(), Optional.empty()),
                    files(),
                    codebase(plan.code().files().stream()
                            .map(file -> new CodeText(file.path(), file.chars()))
                            .toList()),
                    requirements(planned),
                    contracts.values().stream().map(this::fact).toList(),
                    planned.stream()
                            .flatMap(node -> node.task().needs().stream().map(need -> fact(node.task(), need)))
                            .toList(),
                    Optional.empty());
        }

        ContextView ofTask(TaskPlanned node, QueryResult<IsolatedContext> answer) throws IOException {
            var task = node.task();
            var awaited = answer instanceof QueryResult.TooEarly<IsolatedContext>(var lacking)
                    ? Optional.of(lacking)
                    : Optional.<String>empty();
            var shown = answer instanceof QueryResult.Found<IsolatedContext>(var context)
                    ? Optional.of(context)
                    : Optional.<IsolatedContext>empty();
            var files = new ArrayList<FileFact>();
            var ofCodebase = new ArrayList<CodeText>();
            for (var file : shown.map(IsolatedContext::files).orElse(Map.of()).entrySet()) {
                var path = base.inTree(file.getKey());
                var changed = plan.file(path, version);
                if (changed.isEmpty())
                    ofCodebase.add(new CodeText(file.getKey(), file.getValue().length()));
                files.add(fact(path, changed));
            }
            return new ContextView(
                    metadata(Optional.of(task.id()), awaited),
                    files,
                    codebase(ofCodebase),
                    requirements(List.of(node)),
                    contracts.values().stream()
                            .filter(published -> isOf(task, shown, published))
                            .map(this::fact)
                            .toList(),
                    planned.stream()
                            .flatMap(other -> other.task().needs().stream()
                                    .filter(need -> other.task().id().equals(task.id())
                                            || need.on().equals(task.id()))
                                    .map(need -> fact(other.task(), need)))
                            .toList(),
                    Optional.empty());
        }

        private static boolean isOf(Task task, Optional<IsolatedContext> shown, ContractPublished published) {
            if (shown.isPresent())
                return shown.get().contracts().stream()
                        .anyMatch(contract ->
                                contract.component().equals(published.contract().component()));
            return task.component().equals(Optional.of(published.contract().component()))
                    || task.needs().stream().anyMatch(need -> need.on().equals(published.task()));
        }

        private Metadata metadata(Optional<TaskId> task, Optional<String> awaited) throws IOException {
            var state = plan.mark()
                    .map(mark -> switch (mark.kind()) {
                        case ENDED -> mark.detail();
                        case FAILED -> "failed";
                        case IMPORTED -> "imported";
                        case ARCHIVED -> "archived";
                    })
                    .orElse("active");
            return new Metadata(
                    id,
                    task,
                    summary.title(),
                    version,
                    head.version(),
                    commit,
                    tree,
                    code.dateOf(commit),
                    state,
                    awaited);
        }

        private Codebase codebase(List<CodeText> files) {
            return new Codebase(base, files, plan.code().conventions(), new Contribution(CLIENT, List.of(), 0));
        }

        private Requirements requirements(List<TaskPlanned> nodes) {
            return new Requirements(
                    summary.constraints(),
                    summary.boundaries(),
                    nodes.stream().map(this::fact).toList(),
                    new Contribution(PLANNER, List.of(), 0));
        }

        private List<FileFact> files() {
            var newest = new LinkedHashMap<String, MergedFile>();
            var since = new HashMap<String, Long>();
            plan.eachFile((file, at) -> {
                if (at > version) return;
                newest.put(file.path(), file);
                since.put(file.path(), at);
            });
            return newest.values().stream()
                    .map(file -> new FileFact(file.path(), file.entry(), by(file, since.getOrDefault(file.path(), 0L))))
                    .toList();
        }

        private FileFact fact(String path, Optional<MergedFile> changed) throws IOException {
            var entry = code.entry(tree, path);
            if (changed.isEmpty()) return new FileFact(path, entry, new Contribution(CLIENT, List.of(), 0));
            var since = new long[1];
            plan.eachVersion(path, (file, at) -> {
                if (at <= version) since[0] = at;
            });
            return new FileFact(path, entry, by(changed.get(), since[0]));
        }

        private Contribution by(MergedFile file, long since) {
            boolean isContract = file.contributors().stream().allMatch(contracts::containsKey);
            return new Contribution(isContract ? INTERFACE : EXECUTOR, file.contributors(), since);
        }

        private TaskFact fact(TaskPlanned node) {
            var task = node.task();
            return new TaskFact(
                    task,
                    node.position(),
                    node.dependentTitles(),
                    state(task),
                    settled(task).map(Facts::fact),
                    new Contribution(
                            PLANNER,
                            List.of(),
                            task.kind() == Task.Kind.CONTRACT ? 0 : plan.since(task.id(), version)));
        }

        private String state(Task task) {
            if (task.done()) return "done";
            if (contracts.containsKey(task.id())) return "published";
            return settled(task)
                    .map(settled -> switch (settled) {
                        case Settlement.Merged _ when task.kind() == Task.Kind.VERIFY -> "verified";
                        case Settlement.Merged _ -> "merged";
                        case Settlement.Conflicted _ -> "conflicted";
                    })
                    .orElseGet(() ->
                            version == head.version() && plan.waiting(task.id()).isPresent() ? "waiting" : "planned");
        }

        /** What became of a result until this version; that one conflicts is known of the newest version only. */
        private Optional<Settlement> settled(Task task) {
            return Optional.ofNullable(settlements.get(task.id())).filter(settled -> switch (settled) {
                case Settlement.Merged merged -> merged.version() <= version;
                case Settlement.Conflicted _ -> version == head.version();
            });
        }

        private static ResultFact fact(Settlement settled) {
            return switch (settled) {
                case Settlement.Merged merged ->
                    new ResultFact(
                            merged.attempt(),
                            merged.version(),
                            merged.commit(),
                            merged.touched(),
                            merged.united(),
                            List.of(),
                            Optional.empty());
                case Settlement.Conflicted conflicted ->
                    new ResultFact(
                            conflicted.attempt(), 0, "", List.of(), List.of(), conflicted.paths(), conflicted.reason());
            };
        }

        private InterfaceFact fact(ContractPublished published) {
            return new InterfaceFact(
                    published.task(),
                    published.contract(),
                    new Contribution(INTERFACE, List.of(published.task()), plan.since(published.task(), version)));
        }

        private DependencyFact fact(Task task, Need need) {
            var needed = Optional.ofNullable(tasks.get(need.on()));
            boolean met = contracts.containsKey(need.on())
                    || needed.filter(Task::done).isPresent()
                    || (need.kind() == Need.Kind.RESULT
                            && settlements.get(need.on()) instanceof Settlement.Merged merged
                            && merged.version() <= version);
            return new DependencyFact(task.id(), need, met, new Contribution(PLANNER, List.of(), 0));
        }

        FileHistory history(String path) throws IOException {
            var makers = new HashMap<Long, TaskId>();
            plan.eachCommit((made, at) -> made.task().ifPresent(task -> makers.put(at, task)));
            var changes = new ArrayList<FileHistory.Change>();
            var versions = new LinkedHashMap<Long, MergedFile>();
            plan.eachVersion(path, (file, at) -> versions.put(at, file));
            for (var each : versions.entrySet()) {
                var at = each.getKey();
                var made = plan.commit(at).orElseThrow();
                var maker = Optional.ofNullable(makers.get(at));
                changes.add(new FileHistory.Change(
                        at,
                        made,
                        code.dateOf(made),
                        maker.map(List::of).orElse(each.getValue().contributors()),
                        each.getValue().entry()));
            }
            return new FileHistory(id, path, ofBase(path), changes);
        }

        private Optional<FileEntry> ofBase(String path) throws IOException {
            return code.entry(code.treeOf(base.start()), path);
        }

        /** What the base has of files that one of two versions names. */
        Map<String, FileEntry> ofBase(ContextView before, ContextView after) throws IOException {
            var once = new HashSet<String>();
            for (var view : List.of(before, after))
                for (var file : view.files()) if (!once.add(file.path())) once.remove(file.path());
            var entries = new HashMap<String, FileEntry>();
            var start = code.treeOf(base.start());
            for (var path : once) code.entry(start, path).ifPresent(entry -> entries.put(path, entry));
            return entries;
        }

        ContextContent content() throws IOException {
            var versions = new ArrayList<ContextContent.Version>();
            plan.eachCommit((made, at) -> versions.add(new ContextContent.Version(at, made.commit(), made.task())));
            var history = new ArrayList<ContextContent.FileVersion>();
            plan.eachFile((file, at) ->
                    history.add(new ContextContent.FileVersion(file.path(), at, file.entry(), file.contributors())));
            var all = new ArrayList<ContextContent.ContractVersion>();
            for (var node : contracts.keySet())
                plan.eachContract(
                        node,
                        (published, at) -> all.add(new ContextContent.ContractVersion(node, at, published.contract())));
            return new ContextContent(ofPlan(), versions, history, all);
        }
    }
}
