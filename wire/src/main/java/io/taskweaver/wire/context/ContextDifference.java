package io.taskweaver.wire.context;

import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.context.ContextView.DependencyFact;
import io.taskweaver.wire.context.ContextView.FileFact;
import io.taskweaver.wire.context.ContextView.InterfaceFact;
import io.taskweaver.wire.context.ContextView.TaskFact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What differs between two versions of a context.
 *
 * @param task empty for the context of the plan
 * @param from version before
 * @param to version after
 * @param totals empty if the lists are whole
 */
public record ContextDifference(
        PlanId plan,
        Optional<TaskId> task,
        long from,
        long to,
        List<FileChange> files,
        List<TaskChange> requirements,
        List<InterfaceChange> interfaces,
        List<DependencyChange> dependencies,
        Optional<ListTotals> totals) {
    public ContextDifference {
        files = List.copyOf(files);
        requirements = List.copyOf(requirements);
        interfaces = List.copyOf(interfaces);
        dependencies = List.copyOf(dependencies);
    }

    /** How many entries its lists have, or would have if they were whole. */
    public ListTotals counts() {
        return totals.orElseGet(
                () -> new ListTotals(files.size(), 0, requirements.size(), interfaces.size(), dependencies.size()));
    }

    /** The same with at most so many entries in each list. */
    public ContextDifference limited(int limit) {
        return counts().exceed(limit)
                ? new ContextDifference(
                        plan,
                        task,
                        from,
                        to,
                        ListTotals.first(files, limit),
                        ListTotals.first(requirements, limit),
                        ListTotals.first(interfaces, limit),
                        ListTotals.first(dependencies, limit),
                        Optional.of(counts()))
                : this;
    }

    /**
     * A path.
     *
     * @param before what it held; empty if there was no such file, or it was not part of the context of the task
     * @param after what it holds; empty if it is deleted, or not part of the context of the task any more
     * @param by who contributed it as it is now, or last
     */
    public record FileChange(String path, Optional<FileEntry> before, Optional<FileEntry> after, Contribution by) {}

    /**
     * A node of the plan.
     *
     * @param before its state; empty if it was not known
     * @param after its state; empty if it is not known any more
     */
    public record TaskChange(
            TaskId task, String title, Optional<String> before, Optional<String> after, Contribution by) {}

    /**
     * A contract.
     *
     * @param before its version; empty if there was none
     * @param after its version; empty if there is none any more
     */
    public record InterfaceChange(
            String component, Optional<Integer> before, Optional<Integer> after, Contribution by) {}

    /**
     * A need.
     *
     * @param before whether it was met; empty if it was not known
     * @param after whether it is met; empty if it is not known any more
     */
    public record DependencyChange(
            TaskId task, TaskId on, Optional<Boolean> before, Optional<Boolean> after, Contribution by) {}

    /**
     * The difference between two versions of the same context.
     *
     * @param base what the code that the plan started from has at paths that one of the versions does not name
     */
    public static ContextDifference of(ContextView before, ContextView after, Map<String, FileEntry> base) {
        var files = new ArrayList<FileChange>();
        each(before.files(), after.files(), FileFact::path, (path, old, now) -> {
            var known = Optional.ofNullable(base.get(path));
            var held = old.map(FileFact::entry).orElse(known);
            var holds = now.map(FileFact::entry).orElse(known);
            if (!held.equals(holds)) files.add(new FileChange(path, held, holds, by(old, now, FileFact::by)));
        });
        var tasks = new ArrayList<TaskChange>();
        each(
                before.requirements().tasks(),
                after.requirements().tasks(),
                fact -> fact.task().id(),
                (id, old, now) -> {
                    var was = old.map(TaskFact::state);
                    var is = now.map(TaskFact::state);
                    if (!was.equals(is))
                        tasks.add(new TaskChange(
                                id,
                                now.or(() -> old).orElseThrow().task().title(),
                                was,
                                is,
                                by(old, now, TaskFact::by)));
                });
        var interfaces = new ArrayList<InterfaceChange>();
        each(before.interfaces(), after.interfaces(), fact -> fact.contract().component(), (component, old, now) -> {
            var was = old.map(fact -> fact.contract().version());
            var is = now.map(fact -> fact.contract().version());
            if (!was.equals(is))
                interfaces.add(new InterfaceChange(component, was, is, by(old, now, InterfaceFact::by)));
        });
        var dependencies = new ArrayList<DependencyChange>();
        each(before.dependencies(), after.dependencies(), Edge::of, (edge, old, now) -> {
            var was = old.map(DependencyFact::met);
            var is = now.map(DependencyFact::met);
            if (!was.equals(is))
                dependencies.add(
                        new DependencyChange(edge.task(), edge.on(), was, is, by(old, now, DependencyFact::by)));
        });
        return new ContextDifference(
                after.metadata().plan(),
                after.metadata().task(),
                before.metadata().version(),
                after.metadata().version(),
                files,
                tasks,
                interfaces,
                dependencies,
                Optional.empty());
    }

    private record Edge(TaskId task, TaskId on) {
        static Edge of(DependencyFact fact) {
            return new Edge(fact.task(), fact.need().on());
        }
    }

    private interface Comparison<K, F> {
        void compare(K key, Optional<F> before, Optional<F> after);
    }

    private static <K, F> void each(List<F> before, List<F> after, Function<F, K> key, Comparison<K, F> comparison) {
        var old = byKey(before, key);
        var now = byKey(after, key);
        var keys = new LinkedHashSet<>(old.keySet());
        keys.addAll(now.keySet());
        for (var each : keys)
            comparison.compare(each, Optional.ofNullable(old.get(each)), Optional.ofNullable(now.get(each)));
    }

    private static <K, F> Map<K, F> byKey(List<F> facts, Function<F, K> key) {
        var map = LinkedHashMap.<K, F>newLinkedHashMap(facts.size());
        for (var fact : facts) map.putIfAbsent(key.apply(fact), fact);
        return map;
    }

    private static <F> Contribution by(Optional<F> before, Optional<F> after, Function<F, Contribution> by) {
        return by.apply(after.or(() -> before).orElseThrow());
    }
}
