package io.taskweaver.contexts;

import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Need;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.Neighbourhood.Dependent;
import io.taskweaver.model.Neighbourhood.Foundation;
import io.taskweaver.model.Neighbourhood.Later;
import io.taskweaver.model.Neighbourhood.Sibling;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the {@link Neighbourhood} of a task along the edges of the graph. A bounded number of tasks is looked at,
 * however large the plan and however many wait for one node.
 */
public final class Neighbours {
    /** Of the tasks that wait for a task, so many are described; of the others {@link IsolatedContext} has the titles. */
    public static final int MOST_DEPENDENTS = 10;

    private static final int MOST_FOUNDATIONS = 10;
    private static final int MOST_CALLERS = 4;
    private static final int MOST_LATER = 6;
    private static final int MOST_SIBLINGS = 12;
    /** Of the tasks that wait for one node, those next to the task are looked at: documents keep together what belongs together. */
    private static final int WINDOW = 20;

    private static final int MOST_CRITERIA = 3;
    private static final int MOST_FILES = 4;

    private final Task task;
    private final Function<TaskId, Optional<Task>> plan;
    private final Map<TaskId, Optional<Task>> seen = new HashMap<>();
    private final TaskTerms terms;

    private Neighbours(Task task, Function<TaskId, Optional<Task>> plan) {
        this.task = task;
        this.plan = plan;
        this.terms = TaskTerms.of(task);
    }

    /**
     * The neighbourhood of a task.
     *
     * @param plan finds a task of the same plan; one that it does not know is left out
     */
    public static Neighbourhood of(Task task, Function<TaskId, Optional<Task>> plan) {
        return new Neighbours(task, plan).find();
    }

    private Neighbourhood find() {
        var ofContract = aroundContract();
        // Who calls a contract of one operation calls that one, whatever it says.
        boolean alone = ofContract.values().stream().noneMatch(this::ofSameComponent);
        var around = new LinkedHashMap<>(ofContract);
        around.putAll(aroundResults());
        var siblings = new ArrayList<Sibling>();
        var callers = new ArrayList<Dependent>();
        for (var other : around.values()) {
            if (task.unlocks().contains(other.id()) || needs(other.id())) continue;
            boolean concurrent = other.phase() == task.phase();
            if (ofSameComponent(other) || (concurrent && sharesResult(other))) {
                if (siblings.size() < MOST_SIBLINGS)
                    siblings.add(new Sibling(other.id(), other.title(), concurrent, first(other.expectedFiles())));
            } else if (callers.size() < MOST_CALLERS
                    && ((alone && ofContract.containsKey(other.id())) || terms.isOf(text(other)))) {
                callers.add(dependent(other, true));
            }
        }
        var dependents = dependents();
        dependents.addAll(callers);
        return new Neighbourhood(foundations(), dependents, later(), siblings);
    }

    private List<Foundation> foundations() {
        var foundations = new ArrayList<Foundation>();
        for (var need : task.needs()) {
            if (need.kind() != Need.Kind.RESULT || need.reason() == Need.Reason.RECONCILE) continue;
            if (foundations.size() == MOST_FOUNDATIONS) break;
            known(need.on()).ifPresent(on -> foundations.add(new Foundation(on.id(), on.title(), need.because())));
        }
        return foundations;
    }

    private List<Dependent> dependents() {
        var dependents = new ArrayList<Dependent>();
        for (var id : task.unlocks()) {
            if (dependents.size() == MOST_DEPENDENTS) break;
            known(id).ifPresent(waiting -> dependents.add(dependent(waiting, false)));
        }
        return dependents;
    }

    private Dependent dependent(Task waiting, boolean caller) {
        var because = waiting.needs().stream()
                .filter(need -> need.on().equals(task.id()))
                .map(Need::because)
                .findFirst()
                .orElse("");
        var criteria = waiting.acceptanceCriteria().stream()
                .filter(terms::isOf)
                .limit(MOST_CRITERIA)
                .toList();
        var shared = waiting.expectedFiles().stream()
                .filter(task.expectedFiles()::contains)
                .limit(MOST_FILES)
                .toList();
        return new Dependent(waiting.id(), waiting.title(), caller, because, criteria, shared);
    }

    /** What those who wait for this task are waited for by, as far as this task does not reach it itself. */
    private List<Later> later() {
        Set<TaskId> ids = new LinkedHashSet<>();
        for (var id : task.unlocks()
                .subList(0, Math.min(MOST_DEPENDENTS, task.unlocks().size())))
            known(id).ifPresent(waiting -> ids.addAll(first(waiting.unlocks())));
        task.unlocks().forEach(ids::remove);
        ids.remove(task.id());
        return ids.stream()
                .limit(MOST_LATER)
                .flatMap(id -> known(id).stream())
                .map(after -> new Later(after.id(), after.title()))
                .toList();
    }

    /** Tasks that implement or call the contract that this task implements. */
    private Map<TaskId, Task> aroundContract() {
        for (var need : task.needs()) {
            if (need.kind() != Need.Kind.CONTRACT || need.reason() != Need.Reason.CONTRACT) continue;
            var node = known(need.on());
            if (node.isPresent() && ofSameComponent(node.get())) return nextTo(node.get());
        }
        return new LinkedHashMap<>();
    }

    /** Tasks that begin with the same results. */
    private Map<TaskId, Task> aroundResults() {
        var around = new LinkedHashMap<TaskId, Task>();
        task.needs().stream()
                .filter(need -> need.kind() == Need.Kind.RESULT && need.reason() != Need.Reason.RECONCILE)
                .limit(2)
                .flatMap(need -> known(need.on()).stream())
                .forEach(on -> around.putAll(nextTo(on)));
        return around;
    }

    private Map<TaskId, Task> nextTo(Task node) {
        var waiting = node.unlocks();
        int at = Math.max(0, waiting.indexOf(task.id()));
        int from = Math.max(0, Math.min(at - WINDOW / 2, waiting.size() - WINDOW));
        var near = new LinkedHashMap<TaskId, Task>();
        for (var id : waiting.subList(from, Math.min(waiting.size(), from + WINDOW)))
            if (!id.equals(task.id())) known(id).ifPresent(other -> near.put(id, other));
        return near;
    }

    private boolean ofSameComponent(Task other) {
        return task.component().isPresent() && task.component().equals(other.component());
    }

    private boolean sharesResult(Task other) {
        return other.needs().stream().anyMatch(need -> need.kind() == Need.Kind.RESULT && needs(need.on()));
    }

    private boolean needs(TaskId id) {
        return task.needs().stream().anyMatch(need -> need.on().equals(id));
    }

    private Optional<Task> known(TaskId id) {
        return seen.computeIfAbsent(id, plan);
    }

    private static String text(Task task) {
        return task.title() + "\n" + task.description() + "\n" + String.join("\n", task.acceptanceCriteria());
    }

    private static <T> List<T> first(List<T> all) {
        return all.subList(0, Math.min(MOST_FILES, all.size()));
    }
}
