package io.taskweaver.scheduling.replan;

import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.ContractForm;
import io.taskweaver.model.Need;
import io.taskweaver.model.Operation;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.ExistingRequirements;
import io.taskweaver.scheduling.replan.FieldChange.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares two plans. Pure; the same plans always differ in the same way, listed in the order of the new plan. */
public final class Comparison {
    private static final String NEW = "is new";
    private static final String CHANGED = "changed";

    private final Plan before;
    private final Plan after;
    private final Map<TaskId, Task> oldOf;
    private final Map<TaskId, TaskId> newOf = new HashMap<>();
    /** Tasks that are done in the new plan: it names no needs for them. */
    private final Set<TaskId> doneNow;

    private final List<PlanDiff.ContractChange> contracts;
    private final Map<TaskId, String> reopened = new LinkedHashMap<>();
    private final List<PlanDiff.Edge> addedNeeds = new ArrayList<>();
    /** Needs that are inferred now and were not before: what was made without them stands. */
    private final Set<PlanDiff.Edge> newlyInferred = new HashSet<>();

    private final List<PlanDiff.Edge> removedNeeds = new ArrayList<>();
    private final List<PlanDiff.Changed> changed = new ArrayList<>();

    private Comparison(Plan before, Plan after) {
        this.before = before;
        this.after = after;
        this.oldOf = Matching.of(before.tasks(), after.tasks());
        oldOf.forEach((now, old) -> newOf.put(old.id(), now));
        this.doneNow = after.tasks().stream().filter(Task::done).map(Task::id).collect(Collectors.toSet());
        this.contracts = contracts();
    }

    /** What leads from the one to the other. */
    public static PlanDiff of(Plan before, Plan after) {
        return new Comparison(before, after).diff();
    }

    /**
     * Tasks of the new plan that need not be done again: the same work was merged, it needs the results of the same
     * tasks but for needs that are only inferred, these need not be done again either, and no contract lets it down: one that it implements has the same
     * operations, one that it calls has lost or changed none.
     *
     * @param merged tasks of the old plan whose results are merged
     */
    public static Set<TaskId> finished(Plan before, Plan after, Set<TaskId> merged) {
        var comparison = new Comparison(before, after);
        comparison.diff();
        var stands = new HashSet<TaskId>();
        for (var task : after.tasks()) if (task.done()) stands.add(task.id());
        var finished = new LinkedHashSet<TaskId>();
        for (var task : after.tasks()) {
            if (task.kind() != Task.Kind.WORK || task.done()) continue;
            var old = comparison.oldOf.get(task.id());
            if (old == null || !merged.contains(old.id()) || comparison.reopened.containsKey(task.id())) continue;
            boolean grounded = task.needs().stream()
                    .filter(need -> comparison.isGround(task, need))
                    .allMatch(need -> stands.contains(need.on()));
            if (!grounded) continue;
            stands.add(task.id());
            finished.add(task.id());
        }
        return finished;
    }

    private PlanDiff diff() {
        var added = new ArrayList<Task>();
        for (var task : after.tasks()) {
            var old = oldOf.get(task.id());
            if (old == null) {
                added.add(task);
                reopened.put(task.id(), NEW);
                continue;
            }
            var fields = fields(old, task);
            if (!fields.isEmpty()) {
                var change = new PlanDiff.Changed(old, task, fields);
                changed.add(change);
                if (change.asksForWork()) reopened.put(task.id(), CHANGED);
            }
            needs(old, task);
            if (task.done()) reopened.remove(task.id());
        }
        var removed = before.tasks().stream()
                .filter(task -> !newOf.containsKey(task.id()))
                .toList();
        var touched = touched();
        int unchanged = after.tasks().size() - added.size() - changed.size();
        var known = changed.stream().map(change -> change.after().id()).collect(Collectors.toSet());
        unchanged -= (int)
                touched.stream().filter(one -> !known.contains(one.task().id())).count();
        return new PlanDiff(added, changed, removed, addedNeeds, removedNeeds, contracts, touched, unchanged);
    }

    private static List<FieldChange> fields(Task old, Task now) {
        var fields = new ArrayList<FieldChange>();
        compare(fields, Field.ID, old, now, task -> task.id().value());
        compare(fields, Field.TITLE, old, now, Task::title);
        if (!Matching.withoutId(old).equals(Matching.withoutId(now)))
            compare(fields, Field.DESCRIPTION, old, now, task -> ExistingRequirements.asked(task.description()));
        compare(fields, Field.CRITERIA, old, now, task -> String.join("\n", task.acceptanceCriteria()));
        compare(fields, Field.COMPONENT, old, now, task -> task.component().orElse(""));
        compare(fields, Field.OPERATION, old, now, task -> task.operation().orElse(""));
        compare(fields, Field.PRIORITY, old, now, task -> task.priority().name().toLowerCase(java.util.Locale.ROOT));
        compare(fields, Field.ESTIMATE, old, now, task -> task.estimateMinutes() + " min");
        compare(fields, Field.PHASE, old, now, task -> "" + task.phase());
        compare(fields, Field.FILES, old, now, task -> String.join("\n", task.expectedFiles()));
        compare(fields, Field.CHECKS, old, now, Comparison::checks);
        compare(fields, Field.TAGS, old, now, task -> String.join("\n", task.tags()));
        compare(fields, Field.DONE, old, now, task -> task.done() ? "yes" : "no");
        // A contract node's words follow its operations, and these are compared one by one.
        if (now.kind() == Task.Kind.CONTRACT) fields.removeIf(change -> change.field() == Field.DESCRIPTION);
        return fields;
    }

    private static String checks(Task task) {
        var lines = new ArrayList<String>();
        task.checks().command().ifPresent(lines::add);
        lines.addAll(task.checks().outputs());
        return String.join("\n", lines);
    }

    private static void compare(
            List<FieldChange> fields, Field field, Task old, Task now, Function<Task, String> value) {
        var before = value.apply(old);
        var after = value.apply(now);
        if (!before.equals(after)) fields.add(new FieldChange(field, before, after));
    }

    /** Edges between tasks of both plans; what leads to an added or from a removed task is reported with that task. */
    private void needs(Task old, Task now) {
        var had = new LinkedHashMap<String, Need>();
        for (var need : old.needs()) had.put(need.kind() + " " + newOf.getOrDefault(need.on(), need.on()), need);
        var has = now.needs().stream()
                .collect(Collectors.toMap(
                        need -> need.kind() + " " + need.on(), need -> need, (one, other) -> one, LinkedHashMap::new));
        has.forEach((key, need) -> {
            if (had.containsKey(key)) return;
            if (need.isInferred()) newlyInferred.add(new PlanDiff.Edge(now.id(), need));
            else reopened.putIfAbsent(now.id(), "now needs " + need.on());
            if (oldOf.containsKey(need.on())) addedNeeds.add(new PlanDiff.Edge(now.id(), need));
        });
        had.forEach((key, need) -> {
            if (has.containsKey(key) || doneNow.contains(newOf.get(need.on()))) return;
            if (!need.isInferred()) reopened.putIfAbsent(now.id(), "no longer needs " + need.on());
            if (newOf.containsKey(need.on())) removedNeeds.add(new PlanDiff.Edge(now.id(), need));
        });
    }

    private List<PlanDiff.ContractChange> contracts() {
        var olds = operations(before);
        var news = operations(after);
        var done = done();
        var names = new TreeSet<>(olds.keySet());
        names.addAll(news.keySet());
        var changes = new ArrayList<PlanDiff.ContractChange>();
        for (var name : names) {
            var old = olds.getOrDefault(name, Map.of());
            var now = news.getOrDefault(name, Map.of());
            var added = new TreeSet<>(now.keySet());
            added.removeAll(old.keySet());
            var removed = new TreeSet<>(old.keySet());
            removed.removeAll(now.keySet());
            removed.removeAll(done.getOrDefault(name, Set.of()));
            var reworded = new TreeSet<String>();
            now.forEach((operation, words) -> {
                if (old.containsKey(operation) && !words.equals(old.get(operation))) reworded.add(operation);
            });
            if (!added.isEmpty() || !removed.isEmpty() || !reworded.isEmpty())
                changes.add(new PlanDiff.ContractChange(name, added, removed, reworded));
        }
        return changes;
    }

    /**
     * Operations of tasks that are done in the new plan, by component: its contract has them no longer, but nothing that
     * was written for the old one lacks anything. A class has to have the operations of its interface and no others.
     */
    private Map<String, Set<String>> done() {
        var texts = after.components().stream()
                .filter(component -> component.form() != ContractForm.FILES)
                .map(ComponentSpec::name)
                .collect(Collectors.toSet());
        var done = new HashMap<String, Set<String>>();
        for (var task : after.tasks()) {
            var old = oldOf.get(task.id());
            if (!doneNow.contains(task.id()) || old == null || old.operation().isEmpty()) continue;
            old.component()
                    .filter(texts::contains)
                    .ifPresent(name -> done.computeIfAbsent(name, ignored -> new HashSet<>())
                            .add(old.operation().get()));
        }
        return done;
    }

    private static Map<String, Map<String, String>> operations(Plan plan) {
        var operations = new TreeMap<String, Map<String, String>>();
        for (ComponentSpec component : plan.components())
            operations.put(
                    component.name(),
                    component.operations().stream()
                            .collect(Collectors.toMap(Operation::name, Operation::description, (one, two) -> one)));
        return operations;
    }

    /** Follows what reopens along results and broken contracts, and says for each task what leads to it. */
    private List<PlanDiff.Touched> touched() {
        var own = new HashSet<>(reopened.keySet());
        var broken = new HashMap<String, PlanDiff.ContractChange>();
        for (var contract : contracts) broken.put(contract.component(), contract);
        var nodes = new HashMap<TaskId, PlanDiff.ContractChange>();
        for (var component : after.components())
            if (broken.get(component.name()) instanceof PlanDiff.ContractChange change)
                nodes.put(component.node(), change);
        var touched = new ArrayList<PlanDiff.Touched>();
        for (var task : after.tasks()) {
            if (task.kind() != Task.Kind.WORK || task.done()) continue;
            reason(task, nodes).ifPresent(why -> reopened.putIfAbsent(task.id(), why));
            var why = reopened.get(task.id());
            if (why == null || !oldOf.containsKey(task.id())) continue;
            if (own.contains(task.id()) && why.equals(CHANGED)) continue;
            touched.add(new PlanDiff.Touched(task, why));
        }
        return touched;
    }

    /** Whether a task was made on the result that it needs. */
    private boolean isGround(Task task, Need need) {
        return need.kind() == Need.Kind.RESULT && !newlyInferred.contains(new PlanDiff.Edge(task.id(), need));
    }

    private Optional<String> reason(Task task, Map<TaskId, PlanDiff.ContractChange> broken) {
        for (var need : task.needs()) {
            if (isGround(task, need) && reopened.containsKey(need.on()))
                return Optional.of("needs " + need.on() + ", which " + word(reopened.getOrDefault(need.on(), "")));
            var contract = broken.get(need.on());
            if (need.kind() != Need.Kind.CONTRACT || contract == null) continue;
            boolean implementsIt = Optional.of(contract.component()).equals(task.component());
            if (implementsIt && contract.breaksImplementers() && !othersAdapt(contract.component()))
                return Optional.of(
                        "implements the contract of " + contract.component() + ", which has other operations");
            if (!implementsIt && contract.breaksCallers())
                return Optional.of("uses the contract of " + contract.component() + ", which changed");
        }
        return Optional.empty();
    }

    /**
     * Whether a task of a component that is new or changed brings what the others made in line with the contract. Where that
     * is an interface, each of the others has a class that has to have all of its operations.
     */
    private boolean othersAdapt(String component) {
        if (after.components().stream()
                .anyMatch(each -> each.name().equals(component) && each.form() == ContractForm.FILES)) return false;
        return after.tasks().stream()
                .filter(task ->
                        task.kind() == Task.Kind.WORK && task.component().equals(Optional.of(component)))
                .anyMatch(task -> Set.of(NEW, CHANGED).contains(reopened.getOrDefault(task.id(), "")));
    }

    private static String word(String reason) {
        return reason.equals(NEW) || reason.equals(CHANGED) ? reason : "is affected";
    }
}
