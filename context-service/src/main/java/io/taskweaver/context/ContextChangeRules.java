package io.taskweaver.context;

import io.taskweaver.contexts.RelevantCode.Candidate;
import io.taskweaver.model.Contract;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.ContextChange.ClearContext;
import io.taskweaver.model.event.ContextChange.ImportContext;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ContextCommand;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.model.event.PlanEvent.PlanArchived;
import io.taskweaver.model.event.PlanEvent.PlanCancelled;
import io.taskweaver.model.event.PlanEvent.PlanCompleted;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.PlanFailed;
import io.taskweaver.model.event.PlanEvent.PlanStanding;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.wire.code.PlanRepositories;
import io.taskweaver.wire.context.ContextContent;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextView.ResultFact;
import io.taskweaver.wire.context.ContextView.TaskFact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Decides what commands of users change: contexts are imported as a whole or not at all, and removed only if nothing needs
 * them. Knows for that whether a plan runs.
 */
final class ContextChangeRules {
    private final PlanRepositories repositories;

    ContextChangeRules(PlanRepositories repositories) {
        this.repositories = repositories;
    }

    /** Imported contexts give way to those of a plan that is made here, but not to a submission that may be refused. */
    Optional<FoldDecision> before(StoredPlan plan, PlanEvent event) {
        boolean isMade = !(event instanceof ContextCommand
                || event instanceof RequirementsSubmitted
                || event instanceof PlanEvent.Outcome
                || event instanceof PlanEvent.End
                || event instanceof PlanArchived
                || event instanceof PlanStanding);
        if (!isMade || !plan.is(PlanMark.Kind.IMPORTED)) return Optional.empty();
        var imported = plan.keys();
        imported.removeAll(plan.keysOfSubmissions());
        return Optional.of(new FoldDecision.Replace(new Writes(event.plan()).delete(imported), List.of(), "replaced"));
    }

    /** Nothing that is still on the topics brings an archived plan back, except an import. */
    boolean isLate(StoredPlan plan, PlanEvent event) {
        return plan.is(PlanMark.Kind.ARCHIVED) && !(event instanceof ContextCommand || event instanceof PlanArchived);
    }

    FoldDecision on(StoredPlan plan, PlanEvent event) throws IOException, InterruptedException {
        return switch (event) {
            case PlanCompleted ended -> ended(plan, ended, new PlanMark(PlanMark.Kind.ENDED, ended.at(), "completed"));
            case PlanCancelled ended -> ended(plan, ended, new PlanMark(PlanMark.Kind.ENDED, ended.at(), "cancelled"));
            case PlanFailed ended -> ended(plan, ended, new PlanMark(PlanMark.Kind.FAILED, ended.at(), "failed"));
            case PlanStanding standing -> reopened(plan, standing);
            case PlanArchived archived -> archived(plan, archived);
            case ContextCommand(var meta, ImportContext part) -> imported(plan, meta, part);
            case ContextCommand(var meta, ClearContext clear) -> cleared(plan, meta, clear);
            default -> throw new IllegalArgumentException("no change of contexts: " + event.getClass());
        };
    }

    private static FoldDecision ended(StoredPlan plan, PlanEvent event, PlanMark mark) {
        var writes = new Writes(event.plan());
        if (plan.head().isEmpty()
                || plan.is(PlanMark.Kind.IMPORTED)
                || plan.mark().equals(Optional.of(mark))) return FoldDecision.Accept.silently(writes);
        return FoldDecision.Accept.silently(writes.mark(mark));
    }

    private static FoldDecision reopened(StoredPlan plan, PlanStanding standing) {
        boolean isOpen = plan.mark()
                .filter(mark -> mark.is(PlanMark.Kind.FAILED) && standing.at().isAfter(mark.at()))
                .isPresent();
        return FoldDecision.Accept.silently(
                isOpen ? new Writes(standing.plan()).unmark() : new Writes(standing.plan()));
    }

    /** What was imported from the archive since then stays. */
    private FoldDecision archived(StoredPlan plan, PlanArchived archived) throws InterruptedException {
        if (plan.is(PlanMark.Kind.IMPORTED)) return FoldDecision.Accept.silently(new Writes(archived.plan()));
        var mark = new PlanMark(PlanMark.Kind.ARCHIVED, archived.at(), archived.digest());
        var keys = plan.keys();
        keys.remove(Keys.mark(archived.plan()));
        return new FoldDecision.Replace(
                new Writes(archived.plan()).mark(mark).delete(keys), repositories.records(archived.plan()), "archived");
    }

    private FoldDecision cleared(StoredPlan plan, Meta meta, ClearContext clear) throws InterruptedException {
        var head = plan.head();
        if (head.isEmpty()) return new FoldDecision.UnknownPlan();
        if (!clear.force() && plan.mark().isEmpty())
            throw new IllegalArgumentException(
                    "The plan is running, and its tasks need their contexts. Cancel it first, or use force.");
        if (clear.task().isPresent())
            return cleared(plan, meta.plan(), head.get(), clear.task().get());
        return new FoldDecision.Replace(
                new Writes(meta.plan()).delete(plan.keys()), repositories.records(meta.plan()), "cleared");
    }

    private static FoldDecision cleared(StoredPlan plan, PlanId id, Head head, TaskId task) {
        if (plan.task(task).isEmpty()) throw new IllegalArgumentException("Nothing is stored for a task " + task + ".");
        var queue = head.queue();
        if (queue.batch().filter(batch -> batch.results().contains(task)).isPresent()) queue = queue.withoutBatch();
        queue = queue.settled(task).release(task);
        var writes = new Writes(id);
        if (!queue.equals(head.queue())) writes.head(head.with(queue));
        return new FoldDecision.Replace(
                writes.delete(List.of(
                        Keys.settlement(id, task),
                        Keys.waiting(id, task),
                        Keys.contract(id, task),
                        Keys.contractCommit(id, task),
                        Keys.task(id, task))),
                List.of(),
                "cleared");
    }

    /** Parts may come more than once; with the last one all of the content is taken up. */
    private FoldDecision imported(StoredPlan plan, Meta meta, ImportContext part)
            throws IOException, InterruptedException {
        var id = meta.plan();
        if (plan.head().isPresent()) {
            // The same import again.
            if (plan.mark().filter(mark -> mark.detail().equals(part.digest())).isPresent())
                return FoldDecision.Accept.silently(new Writes(id));
            throw new IllegalArgumentException("The plan already has contexts. Clear them before you import others.");
        }
        var content = new ByteArrayOutputStream();
        for (int each = 0; each < part.parts(); each++) {
            var known = each == part.part() ? Optional.of(part.content().array()) : plan.part(part.digest(), each);
            if (known.isEmpty())
                return FoldDecision.Accept.silently(new Writes(id)
                        .part(part.digest(), part.part(), part.content().array()));
            content.writeBytes(known.get());
        }
        var read = ContextDocument.unpacked(content.toByteArray());
        if (!read.plan().equals(id))
            throw new IllegalArgumentException("The content is of the plan " + read.plan() + ".");
        for (var version : read.versions())
            if (!repositories.await(id, version.commit()))
                throw new IllegalArgumentException(
                        "The commit " + version.commit() + " is not on the topic code-objects.");
        var code = repositories.of(id);
        code.cutAbove(read.context().codebase().base().commit());
        code.head(read.context().metadata().commit());
        var writes = new Writes(id).delete(plan.keys());
        writes(read, meta.at(), writes);
        writes.mark(new PlanMark(PlanMark.Kind.IMPORTED, meta.at(), part.digest()))
                .head(head(read));
        return new FoldDecision.Replace(writes, List.of(), "imported");
    }

    private static Head head(ContextContent content) {
        var metadata = content.context().metadata();
        return new Head(
                metadata.version(),
                Optional.of(content.context().codebase().base()),
                metadata.commit(),
                List.of(),
                MergeQueue.NONE);
    }

    private static void writes(ContextContent content, Instant at, Writes writes) {
        var context = content.context();
        var codebase = context.codebase();
        writes.code(new CodeBase(
                codebase.files().stream()
                        .map(file -> new Candidate(file.path(), file.characters()))
                        .toList(),
                codebase.conventions()));
        writes.created(created(content, at));
        for (var fact : context.requirements().tasks()) {
            writes.task(planned(content.plan(), fact, at));
            if (fact.by().version() > 0)
                writes.arrived(fact.task().id(), fact.by().version(), 1);
            fact.result().ifPresent(result -> writes.settlements(List.of(settlement(content, fact, result))));
        }
        contracts(content, at, writes);
        for (var version : content.versions()) writes.commit(version.version(), version.commit(), version.task());
        for (var file : content.history())
            writes.files(List.of(new MergedFile(file.path(), file.entry(), file.contributors())), file.version());
    }

    /** The newest version of a contract is in force; those before are kept for earlier versions of the code. */
    private static void contracts(ContextContent content, Instant at, Writes writes) {
        var newest = new LinkedHashMap<TaskId, ContractPublished>();
        for (var version : content.contracts()) {
            var published = published(content.plan(), version.node(), version.contract(), at);
            writes.arrived(version.node(), version.version(), version.contract().version());
            newest.merge(version.node(), published, (one, other) -> {
                boolean isNewer = other.contract().version() >= one.contract().version();
                writes.replaced(version.node(), isNewer ? one : other);
                return isNewer ? other : one;
            });
        }
        newest.values().forEach(writes::contract);
        var nodes = newest.keySet();
        for (var version : content.versions())
            version.task().filter(nodes::contains).ifPresent(node -> writes.contractCommit(node, version.commit()));
    }

    private static ContractPublished published(PlanId plan, TaskId node, Contract contract, Instant at) {
        var meta = Meta.of(ContractPublished.class, plan, at, Optional.empty(), node, contract.version());
        return new ContractPublished(meta, node, contract);
    }

    private static PlanCreated created(ContextContent content, Instant at) {
        var context = content.context();
        var tasks = context.requirements().tasks().stream().map(TaskFact::task).toList();
        int contracts = (int)
                tasks.stream().filter(task -> task.kind() == Task.Kind.CONTRACT).count();
        var summary = new PlanSummary(
                context.metadata().title(),
                contracts,
                tasks.size() - contracts,
                (int) tasks.stream().filter(Task::done).count(),
                tasks.stream().mapToInt(Task::phase).max().orElse(0),
                0,
                List.of(),
                0,
                0,
                context.requirements().constraints(),
                context.requirements().boundaries(),
                List.of(),
                PlanOptions.DEFAULT);
        return new PlanCreated(Meta.of(PlanCreated.class, content.plan(), at, Optional.empty()), summary);
    }

    private static TaskPlanned planned(PlanId plan, TaskFact fact, Instant at) {
        var titles = new LinkedHashMap<TaskId, String>();
        fact.dependents().forEach((id, title) -> titles.put(new TaskId(id), title));
        return new TaskPlanned(
                Meta.of(
                        TaskPlanned.class,
                        plan,
                        at,
                        Optional.empty(),
                        fact.task().id()),
                fact.task(),
                titles,
                fact.position());
    }

    private static Settlement settlement(ContextContent content, TaskFact fact, ResultFact result) {
        var task = fact.task().id();
        if (result.commit().isEmpty())
            return new Settlement.Conflicted(
                    task, result.attempt(), Optional.empty(), result.conflicts(), Optional.empty(), result.reason());
        var tree = content.context().metadata().tree();
        return new Settlement.Merged(
                task,
                result.attempt(),
                result.version(),
                result.commit(),
                result.commit(),
                tree,
                List.of(),
                result.touched(),
                result.united());
    }
}
