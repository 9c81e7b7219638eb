package io.taskweaver.scheduling.planning;

import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Need;
import io.taskweaver.model.Operation;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.requirements.tasks.TaskEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Components that the entries of a list name: who implements which operation, who uses them, their contract nodes. */
final class TaskListContracts {
    /** A component while it is gathered. */
    private static final class Part {
        final String name;
        final Optional<TaskEntry> entry;
        final List<Integer> members = new ArrayList<>();
        final List<Integer> users = new ArrayList<>();
        Optional<TaskId> node = Optional.empty();

        Part(String name, Optional<TaskEntry> entry) {
            this.name = name;
            this.entry = entry;
        }

        TaskId id() {
            return node.orElseThrow();
        }
    }

    private final TaskBreakdown breakdown;
    private final PlanOptions options;
    private final ContractChoice choice;
    private final Map<String, Part> byKey = new LinkedHashMap<>();
    private final Map<String, Part> byEntry = new HashMap<>();
    private final Map<Integer, String> operations = new HashMap<>();

    TaskListContracts(TaskBreakdown breakdown, PlanOptions options, ContractChoice choice) {
        this.breakdown = breakdown;
        this.choice = choice;
        this.options = options;
        for (var entry : breakdown.contracts()) {
            var name = entry.component().orElse(entry.title());
            byEntry.put(entry.id(), byKey.computeIfAbsent(key(name), key -> new Part(name, Optional.of(entry))));
        }
        for (int item = 0; item < breakdown.work().size(); item++) {
            int member = item;
            breakdown
                    .work()
                    .get(item)
                    .component()
                    .ifPresent(name -> byKey.computeIfAbsent(key(name), key -> new Part(name, Optional.empty()))
                            .members
                            .add(member));
        }
        for (int item = 0; item < breakdown.work().size(); item++)
            if (!breakdown.isDone(item)) for (var part : partsOf(item)) part.users.add(item);
        byKey.values().forEach(this::nameOperations);
    }

    /** How many contracts there are. */
    int size() {
        return choice.any() ? byKey.size() : 0;
    }

    private static String key(String name) {
        return ComponentAssignment.key(name);
    }

    /** Operations keep the names that the list gives them, as long as each is a name and given once. */
    private void nameOperations(Part part) {
        var taken = new LinkedHashSet<String>();
        var titles = new ArrayList<String>();
        var unnamed = new ArrayList<Integer>();
        for (int item : part.members) {
            var given = breakdown.work().get(item).operation().filter(name -> name.matches("[a-z][A-Za-z0-9]*"));
            if (given.isPresent() && taken.add(given.get())) operations.put(item, given.get());
            else {
                unnamed.add(item);
                titles.add(breakdown.work().get(item).title());
            }
        }
        var names = ComponentNames.operationNames(titles);
        var last = new HashMap<String, Integer>();
        for (int i = 0; i < unnamed.size(); i++) {
            var name = names.get(i);
            for (int again = last.getOrDefault(names.get(i), 1) + 1; !taken.add(name); again++) {
                name = names.get(i) + again;
                last.put(names.get(i), again);
            }
            operations.put(unnamed.get(i), name);
        }
    }

    /** Gives each contract node its id: the list's own, else one out of the component's name. */
    void name(TaskIds names) {
        if (!choice.any()) return;
        for (var part : byKey.values())
            part.entry.ifPresent(entry -> part.node = Optional.of(names.listed(entry.id())));
        for (var part : byKey.values()) if (part.node.isEmpty()) part.node = Optional.of(names.contract(part.name));
    }

    /** Contract nodes, in the order of the list. One that nothing open waits for any more is done. */
    List<Task> nodes() {
        return choice.any() ? byKey.values().stream().map(this::node).toList() : List.of();
    }

    private Task node(Part part) {
        var title = part.entry.map(TaskEntry::title).orElse("Contract of " + part.name);
        return Task.builder(part.id(), Task.Kind.CONTRACT, title)
                .description(description(part))
                .component(Optional.of(part.name))
                .priority(Task.Priority.HIGH)
                .estimateMinutes(part.entry
                        .flatMap(entry -> entry.minutes().stream().boxed().findFirst())
                        .orElse(Estimates.CONTRACT_MINUTES))
                .done(part.users.isEmpty())
                .expectedFiles(
                        choice.areFiles()
                                ? List.of(ComponentNames.sourcePath(
                                        options.basePackage(), part.name, ComponentNames.typeName(part.name)))
                                : List.of())
                .tags(List.of("contract"))
                .source(part.entry.flatMap(TaskEntry::source))
                .build();
    }

    private static String description(Part part) {
        var given = part.entry.map(TaskEntry::description).filter(text -> !text.isBlank());
        int count = part.members.size();
        return given.orElse(part.name + ": " + count + (count == 1 ? " operation." : " operations."));
    }

    /** The component that an item belongs to, as its contract names it. */
    Optional<String> component(int item) {
        return own(item).map(part -> part.name);
    }

    Optional<String> operation(int item) {
        return choice.any() ? Optional.ofNullable(operations.get(item)) : Optional.empty();
    }

    private Optional<Part> own(int item) {
        return breakdown.work().get(item).component().map(name -> byKey.get(key(name)));
    }

    private List<Part> partsOf(int item) {
        var parts = new ArrayList<Part>();
        own(item).ifPresent(parts::add);
        for (var entry : breakdown.contractNeeds(item)) {
            var part = byEntry.get(entry);
            if (part != null && !parts.contains(part)) parts.add(part);
        }
        return parts;
    }

    /** Contracts that an item waits for: the one that it implements first. */
    List<Need> needs(int item) {
        if (!choice.any()) return List.of();
        var own = own(item);
        return partsOf(item).stream()
                .map(part -> own.filter(part::equals).isPresent()
                        ? new Need(
                                part.id(),
                                Need.Kind.CONTRACT,
                                Need.Reason.CONTRACT,
                                "implements an operation of " + part.name,
                                1)
                        : new Need(
                                part.id(),
                                Need.Kind.CONTRACT,
                                Need.Reason.EXPLICIT,
                                breakdown.work().get(item).id() + " depends on the contract of " + part.name,
                                1))
                .toList();
    }

    /** Results that items wait for where there are no contracts: of the tasks behind each contract that the list lets them wait for. */
    List<ResultsForContracts.Wanted> results() {
        var wanted = new ArrayList<ResultsForContracts.Wanted>();
        if (choice.any()) return wanted;
        for (int item = 0; item < breakdown.work().size(); item++) {
            if (breakdown.isDone(item)) continue;
            var own = own(item);
            for (var part : partsOf(item)) {
                if (own.filter(part::equals).isPresent()) continue;
                for (int member : part.members)
                    if (!breakdown.isDone(member))
                        wanted.add(new ResultsForContracts.Wanted(
                                item,
                                member,
                                part.name,
                                Need.Reason.EXPLICIT,
                                breakdown.work().get(item).id() + " depends on the contract of " + part.name,
                                1));
            }
        }
        return wanted;
    }

    /** What is known of each component. */
    List<ComponentSpec> specs(List<TaskId> ids) {
        if (choice.form().isEmpty()) return List.of();
        var specs = new ArrayList<ComponentSpec>();
        for (var part : byKey.values()) {
            var implemented = part.members.stream()
                    .map(item -> new Operation(
                            operations.getOrDefault(item, ""),
                            breakdown.work().get(item).title(),
                            ids.get(item)))
                    .toList();
            var consumers = part.users.stream()
                    .filter(item -> own(item).filter(part::equals).isEmpty())
                    .map(ids::get)
                    .toList();
            specs.add(new ComponentSpec(
                    part.id(),
                    part.name,
                    description(part),
                    options.basePackage(),
                    choice.form().get(),
                    implemented,
                    consumers));
        }
        return specs;
    }
}
