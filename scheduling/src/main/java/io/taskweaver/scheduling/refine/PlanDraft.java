package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Checks;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskBuilder;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan while it is changed: its tasks in order, and its components. Takes what {@link ChangeRules} lets through. */
final class PlanDraft {
    /** What an agent proposes was not measured; it is worth less than what a document says. */
    private static final double PROPOSED_CONFIDENCE = 0.8;

    private static final int LONGEST_STEM = 95;
    private static final int MOST_PARTS = 20;

    private final Map<TaskId, Task> tasks = new LinkedHashMap<>();
    private List<ComponentSpec> components;

    PlanDraft(Plan plan) {
        for (var task : plan.tasks()) tasks.put(task.id(), task);
        components = plan.components();
    }

    private PlanDraft(PlanDraft other) {
        tasks.putAll(other.tasks);
        components = other.components;
    }

    /** Another one, which changes by itself. */
    PlanDraft copy() {
        return new PlanDraft(this);
    }

    Optional<Task> task(TaskId id) {
        return Optional.ofNullable(tasks.get(id));
    }

    List<Need> needs(TaskId id) {
        return task(id).map(Task::needs).orElse(List.of());
    }

    List<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    List<ComponentSpec> components() {
        return components;
    }

    /** Makes a change that breaks no rule. */
    void apply(PlanChange change) {
        switch (change) {
            case PlanChange.AddNeed add -> addNeed(add);
            case PlanChange.DropNeed(var id, var on, var because) -> dropNeed(id, on);
            case PlanChange.SplitTask split -> split(split);
            case PlanChange.MergeTasks merge -> merge(merge);
            case PlanChange.RetitleTask(var id, var title) -> edit(id, (task, edited) -> edited.title(title));
            case PlanChange.ReestimateTask(var id, var minutes) ->
                edit(id, (task, edited) -> edited.estimateMinutes(minutes));
            case PlanChange.ReprioritiseTask(var id, var priority) ->
                edit(id, (task, edited) -> edited.priority(priority));
            case PlanChange.AddCriterion(var id, var criterion) ->
                edit(
                        id,
                        (task, edited) ->
                                edited.acceptanceCriteria(joined(task.acceptanceCriteria(), List.of(criterion))));
            case PlanChange.FinishTask(var id, var because) ->
                edit(
                        id,
                        (task, edited) ->
                                edited.done(true).tags(joined(task.tags(), List.of(PlanChange.FinishTask.TAG))));
        }
    }

    private void edit(TaskId id, BiFunction<Task, TaskBuilder, TaskBuilder> edit) {
        tasks.computeIfPresent(
                id, (same, task) -> edit.apply(task, task.toBuilder()).build());
    }

    private void addNeed(PlanChange.AddNeed add) {
        var need = new Need(add.on(), Need.Kind.RESULT, Need.Reason.REFINED, add.because(), PROPOSED_CONFIDENCE);
        edit(add.task(), (task, edited) -> edited.needs(joined(task.needs(), List.of(need))));
    }

    private void dropNeed(TaskId id, TaskId on) {
        edit(
                id,
                (task, edited) -> edited.needs(task.needs().stream()
                        .filter(need -> !need.on().equals(on))
                        .toList()));
        consumers(component -> component.node().equals(on), consumers -> consumers.remove(id));
    }

    private void split(PlanChange.SplitTask split) {
        var whole = tasks.get(split.task());
        if (whole == null) return;
        var parts = new ArrayList<Task>();
        for (var part : split.parts())
            parts.add(whole.toBuilder()
                    .title(part.title())
                    .description(part.description().isBlank() ? whole.description() : part.description())
                    .acceptanceCriteria(part.criteria())
                    .estimateMinutes(part.minutes())
                    .build());
        for (int part = 1; part < parts.size(); part++) parts.set(part, besides(parts.get(part), part + 1));
        var copy = List.copyOf(tasks.values());
        tasks.clear();
        for (var task : copy) {
            if (task.id().equals(whole.id())) parts.forEach(part -> tasks.put(part.id(), part));
            else tasks.put(task.id(), waitingForAll(task, whole.id(), parts));
        }
        var others = parts.subList(1, parts.size()).stream().map(Task::id).toList();
        consumers(
                component -> component.consumers().contains(whole.id())
                        || component.operations().stream()
                                .anyMatch(operation -> operation.task().equals(whole.id())),
                consumers -> consumers.addAll(others));
    }

    /** A part that has an id of its own; the operation and the outputs of the whole are its first part's. */
    private Task besides(Task part, int number) {
        var needs = part.needs().stream()
                .map(need -> need.reason() == Need.Reason.CONTRACT
                        ? new Need(need.on(), need.kind(), Need.Reason.REFINED, "part of " + part.id(), 1)
                        : need)
                .toList();
        return part.toBuilder()
                .id(free(part.id(), number))
                .operation(Optional.empty())
                .checks(new Checks(part.checks().command(), List.of()))
                .needs(needs)
                .build();
    }

    private TaskId free(TaskId whole, int number) {
        var stem = whole.value().substring(0, Math.min(whole.value().length(), LONGEST_STEM));
        int next = number;
        while (tasks.containsKey(new TaskId(stem + "-" + next))) next += MOST_PARTS;
        return new TaskId(stem + "-" + next);
    }

    private static Task waitingForAll(Task task, TaskId whole, List<Task> parts) {
        var needs = new ArrayList<Need>();
        for (var need : task.needs()) {
            needs.add(need);
            if (need.on().equals(whole))
                for (var part : parts.subList(1, parts.size()))
                    needs.add(new Need(part.id(), need.kind(), need.reason(), need.because(), need.confidence()));
        }
        return task.toBuilder().needs(needs).build();
    }

    /** All that each of them has to pass. */
    private static Checks checks(List<Task> all) {
        var commands = all.stream()
                .flatMap(task -> task.checks().command().stream())
                .distinct()
                .toList();
        // Each in a shell of its own, so that none can end or change what the next one does.
        var together = commands.size() < 2
                ? commands.stream().findFirst()
                : Optional.of(
                        commands.stream().map(command -> "(" + command + "\n)").collect(Collectors.joining(" && ")));
        return new Checks(together, distinct(all, task -> task.checks().outputs()));
    }

    private void merge(PlanChange.MergeTasks merge) {
        var members = new LinkedHashSet<TaskId>();
        members.add(merge.task());
        members.addAll(merge.others());
        var all = members.stream().flatMap(id -> task(id).stream()).toList();
        var whole = all.getFirst();
        var needs = all.stream()
                .flatMap(task -> task.needs().stream())
                .filter(need -> !members.contains(need.on()))
                .toList();
        var merged = whole.toBuilder()
                .description(all.stream()
                        .map(task -> task.equals(whole)
                                ? task.description()
                                : task.id() + " " + task.title() + "\n" + task.description())
                        .collect(Collectors.joining("\n\n")))
                .acceptanceCriteria(distinct(all, Task::acceptanceCriteria))
                .expectedFiles(distinct(all, Task::expectedFiles))
                .checks(checks(all))
                .tags(distinct(all, Task::tags))
                .estimateMinutes(all.stream().mapToInt(Task::estimateMinutes).sum())
                .priority(all.stream()
                        .map(Task::priority)
                        .min(Comparator.naturalOrder())
                        .orElse(whole.priority()))
                .needs(strongest(needs))
                .build();
        var others = new HashSet<>(merge.others());
        others.forEach(tasks::remove);
        tasks.put(whole.id(), merged);
        for (var task : List.copyOf(tasks.values()))
            if (task.needs().stream().anyMatch(need -> others.contains(need.on())))
                edit(
                        task.id(),
                        (same, edited) -> edited.needs(strongest(task.needs().stream()
                                .map(need -> others.contains(need.on())
                                        ? new Need(
                                                whole.id(),
                                                need.kind(),
                                                need.reason(),
                                                need.because(),
                                                need.confidence())
                                        : need)
                                .toList())));
        consumers(component -> component.consumers().stream().anyMatch(others::contains), consumers -> {
            consumers.removeAll(others);
            consumers.add(whole.id());
        });
    }

    /** One need of each task and kind: what a document says, else what was found with the most confidence. */
    private static List<Need> strongest(List<Need> needs) {
        record Edge(TaskId on, Need.Kind kind) {}
        var kept = new LinkedHashMap<Edge, Need>();
        for (var need : needs)
            kept.merge(
                    new Edge(need.on(), need.kind()),
                    need,
                    (one, other) -> strength(other) > strength(one) ? other : one);
        return List.copyOf(kept.values());
    }

    private static double strength(Need need) {
        return switch (need.reason()) {
            case CONTRACT -> 3;
            case EXPLICIT -> 2;
            default -> need.confidence();
        };
    }

    private void consumers(Predicate<ComponentSpec> which, Consumer<Set<TaskId>> change) {
        components = components.stream()
                .map(component -> which.test(component) ? changed(component, change) : component)
                .toList();
    }

    private static ComponentSpec changed(ComponentSpec component, Consumer<Set<TaskId>> change) {
        var consumers = new LinkedHashSet<>(component.consumers());
        change.accept(consumers);
        component.operations().forEach(operation -> consumers.remove(operation.task()));
        return component.usedBy(List.copyOf(consumers));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<String> distinct(List<Task> tasks, Function<Task, List<String>> texts) {
        return tasks.stream()
                .flatMap(task -> texts.apply(task).stream())
                .distinct()
                .toList();
    }
}
