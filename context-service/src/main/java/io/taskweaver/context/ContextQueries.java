package io.taskweaver.context;

import io.taskweaver.contexts.ContextDigest;
import io.taskweaver.contexts.MergedFile;
import io.taskweaver.contexts.Neighbours;
import io.taskweaver.contexts.RelevantCode;
import io.taskweaver.contexts.ResolvedAttempt;
import io.taskweaver.contexts.Settlement;
import io.taskweaver.model.Contract;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Need;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.wire.rest.MergedView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** Answers queries from a stored plan. An existing version never changes. */
final class ContextQueries {
    /** Maximum depth of repeated reconciliations in which needs are searched. */
    private static final int MAX_RECONCILIATIONS = 20;

    private final RelevantCode relevantCode;

    /** @param settings with the limits of isolated contexts */
    ContextQueries(ContextSettings settings) {
        this.relevantCode = new RelevantCode(settings.codeFiles(), settings.codeChars());
    }

    /**
     * All merged files.
     *
     * @param version empty for the newest
     * @param changedOnly omits files of the code base that no task changed
     */
    QueryResult<MergedView> merged(StoredPlan plan, OptionalLong version, boolean changedOnly) {
        var head = plan.head();
        if (head.isEmpty()) return new QueryResult.Unknown<>();
        long asOf = version.orElse(head.get().version());
        if (asOf > head.get().version()) return new QueryResult.TooEarly<>(version(asOf, head.get()));
        var newest = new TreeMap<String, MergedFile>();
        var existing = new TreeSet<String>();
        plan.eachFile((file, made) -> {
            if (made <= asOf) newest.put(file.path(), file);
            if (made == 0) existing.add(file.path());
        });
        var files = new LinkedHashMap<String, String>();
        var deleted = new ArrayList<String>();
        var digest = ContextDigest.EMPTY;
        for (var file : newest.values()) {
            if (file.content().isEmpty()) {
                if (existing.contains(file.path())) deleted.add(file.path());
                continue;
            }
            var text = file.content().get();
            if (asOf < head.get().version()) digest = digest.with(file.path(), text);
            if (!changedOnly || !file.untouched()) files.put(file.path(), text);
        }
        var shown = asOf < head.get().version() ? digest : head.get().digest();
        return new QueryResult.Found<>(new MergedView(asOf, shown.hex(), files, deleted));
    }

    /** The isolated context of a task; see {@link #merged} for the version. */
    QueryResult<IsolatedContext> isolated(StoredPlan plan, TaskId id, OptionalLong version) {
        var head = plan.head();
        if (head.isEmpty()) return new QueryResult.Unknown<>();
        if (!head.get().submitted()) return new QueryResult.TooEarly<>("the submission with the code base");
        var summary = plan.summary();
        if (summary.isEmpty()) return new QueryResult.TooEarly<>("the plan's title and constraints");
        var planned = plan.task(id);
        if (planned.isEmpty()) return new QueryResult.TooEarly<>("the task " + id);
        long asOf = version.orElse(head.get().version());
        if (asOf > head.get().version()) return new QueryResult.TooEarly<>(version(asOf, head.get()));
        return new Assembly(plan, summary.get(), planned.get(), asOf).answer();
    }

    private static String version(long version, Head head) {
        return "version " + version + " of the merged context, which is at version " + head.version();
    }

    /** Assembles the context of one task. */
    private final class Assembly {
        private final StoredPlan plan;
        private final PlanSummary summary;
        private final TaskPlanned planned;
        private final Task task;
        private final long asOf;
        private final Map<String, Contract> contracts = new LinkedHashMap<>();
        private final Map<String, String> files = new HashMap<>();

        Assembly(StoredPlan plan, PlanSummary summary, TaskPlanned planned, long asOf) {
            this.plan = plan;
            this.summary = summary;
            this.planned = planned;
            this.task = planned.task();
            this.asOf = asOf;
        }

        QueryResult<IsolatedContext> answer() {
            var conflict = conflict();
            var code = plan.code();
            var given = origin();
            var awaited = take(given.needs()).or(() -> take(task.needs()));
            if (awaited.isPresent()) return new QueryResult.TooEarly<>(awaited.get());
            task.component().flatMap(plan::contractOf).ifPresent(this::take);
            given.expectedFiles().forEach(this::take);
            given.checks().outputs().forEach(this::take);
            relevantCode.pick(task, code.files()).forEach(this::take);
            conflict.ifPresent(this::take);
            contracts.values().forEach(contract -> contract.artifacts().forEach(file -> files.remove(file.path())));
            conflict.ifPresent(this::takeConflicting);
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
                    code.conventions(),
                    conflict.map(Settlement.Conflicted::conflicts).orElse(List.of()),
                    asOf));
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
        private Optional<String> take(List<Need> needs) {
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

        private Optional<String> takeResult(TaskId needed) {
            var contract = plan.contract(needed);
            contract.ifPresent(this::take);
            if (contract.isPresent()) return Optional.empty();
            if (plan.settlement(needed).orElse(null) instanceof Settlement.Merged merged) {
                merged.touched().forEach(this::take);
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

        private void take(String path) {
            plan.file(path, asOf).flatMap(MergedFile::content).ifPresent(text -> files.put(path, text));
        }

        /** Other changes of the conflicted task are shown as merged. */
        private void take(Settlement.Conflicted conflict) {
            for (var change : conflict.held())
                change.content()
                        .ifPresentOrElse(text -> files.put(change.path(), text), () -> files.remove(change.path()));
        }

        private void takeConflicting(Settlement.Conflicted conflict) {
            for (var file : conflict.conflicts())
                file.current().ifPresentOrElse(text -> files.put(file.path(), text), () -> files.remove(file.path()));
        }

        private Optional<Settlement.Conflicted> conflict() {
            if (task.kind() != Task.Kind.RECONCILE) return Optional.empty();
            return ResolvedAttempt.of(task)
                    .flatMap(resolved ->
                            plan.settlement(resolved.task()).filter(settled -> settled.attempt() == resolved.attempt()))
                    .flatMap(settled -> settled instanceof Settlement.Conflicted open
                            ? Optional.of(open)
                            : Optional.<Settlement.Conflicted>empty());
        }
    }
}
