package io.taskweaver.scheduling.planning;

import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Operation;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.analysis.Importance;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.scheduling.inference.Subject;
import io.taskweaver.scheduling.inference.WorkType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts requirements, components and dependencies together into a plan. Contract nodes come first, then work nodes. */
final class PlanBuilder {
    private static final Pattern FILE = Pattern.compile(
            "(?<![\\p{L}\\p{N}/:._@-])(?:[\\p{L}\\p{N}_.@-]++/)++[\\p{L}\\p{N}_.@-]+\\.[A-Za-z][A-Za-z0-9]{0,9}(?![\\p{L}\\p{N}/])"
                    + "|`(?!java\\.|javax\\.)([\\p{L}\\p{N}_-]+\\.(?:java|kt|py|ts|tsx|js|jsx|go|rs|sql|md|json|yaml|yml|toml|xml|html|css|sh|txt|csv))`");

    private static final Pattern ASIDE = Pattern.compile("\\s*\\([^()]*\\)");
    private static final Pattern CLAUSE = Pattern.compile("(?i)\\s+(?:that|which|so that|—|–)\\s+|;\\s");

    private final PlanOptions options;
    private final PlanId plan;
    private final List<RequirementCollection.Item> items;
    private final ComponentAssignment catalogue;
    private final Dependencies dependencies;
    private final LimitCounter tally;
    private final ContractChoice choice;
    private final List<TaskPassages.Given> given;
    /** How many contract nodes there are: one for each component, or none. */
    private final int contracts;

    private final TaskId[] ids;
    private final List<WorkType> types;
    private final List<String> operations = new ArrayList<>();

    PlanBuilder(
            Submission submission,
            List<RequirementCollection.Item> items,
            ComponentAssignment catalogue,
            Dependencies dependencies,
            ContractChoice choice,
            List<TaskPassages.Given> given,
            LimitCounter tally) {
        this.options = submission.options();
        this.plan = submission.plan();
        this.items = items;
        this.catalogue = catalogue;
        this.dependencies = dependencies;
        this.tally = tally;
        this.choice = choice;
        this.given = given;
        this.contracts = choice.any() ? catalogue.entries.size() : 0;
        this.ids = new TaskId[contracts + items.size()];
        this.types = WorkType.of(items.stream()
                .map(RequirementCollection.Item::requirement)
                .map(requirement -> new Subject(requirement.title(), requirement.text(), 0, requirement.section()))
                .toList());
    }

    Plan build(String title, List<String> constraints, List<String> boundaries, List<Notice> notices) {
        nameNodes();
        nameOperations();
        var nodes = new ArrayList<Task>();
        for (int entry = 0; entry < contracts; entry++) nodes.add(contract(entry));
        for (int item = 0; item < items.size(); item++) {
            nodes.add(work(item));
            tally.task(nodes.getLast());
        }
        return new PlanAssembly(nodes).plan(plan, title, components(), constraints, boundaries, notices, options);
    }

    /** Stated ids first, so that no derived one takes their place. */
    private void nameNodes() {
        var names = new TaskIds();
        for (int i = 0; i < items.size(); i++) {
            int node = contracts + i;
            items.get(i).requirement().id().ifPresent(id -> ids[node] = names.stated(id));
        }
        for (int entry = 0; entry < contracts; entry++)
            ids[entry] = names.contract(catalogue.entries.get(entry).name());
        var known = new HashMap<String, Integer>();
        for (var item : items) known.merge(words(item.requirement()), 1, Integer::sum);
        for (int i = 0; i < items.size(); i++) {
            Effort.step();
            var requirement = items.get(i).requirement();
            if (requirement.id().isPresent()) continue;
            var section = String.join("/", requirement.section());
            var words = words(requirement);
            // Of those that say the same, none is the first, so that the order of sections does not matter.
            boolean alone = known.getOrDefault(words, 0) == 1;
            ids[contracts + i] = names.derived(requirement.title(), alone ? words : words + "\n" + section, section);
        }
    }

    /** What a requirement is known by: its first line, and the statement that it is a part of. */
    private static String words(Requirement requirement) {
        return requirement
                .part()
                .map(part -> firstLine(requirement.text()) + "\n" + part.whole())
                .orElse(firstLine(requirement.text()));
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private void nameOperations() {
        for (int i = 0; i < items.size(); i++) operations.add("");
        for (var entry : catalogue.entries) {
            Effort.step();
            var titles = entry.members().stream()
                    .map(item -> named(items.get(item).requirement().title()))
                    .toList();
            var names = ComponentNames.operationNames(titles);
            for (int i = 0; i < titles.size(); i++)
                operations.set(entry.members().get(i), names.get(i));
        }
    }

    /** The part of a title that an operation is named after: no asides, no subordinate clauses. */
    private static String named(String title) {
        var plain = ASIDE.matcher(title).replaceAll("");
        var clause = CLAUSE.matcher(plain);
        boolean enough =
                clause.find() && plain.substring(0, clause.start()).strip().indexOf(' ') > 0;
        return enough ? plain.substring(0, clause.start()) : plain.isBlank() ? title : plain;
    }

    private List<Need> needsOf(int item) {
        if (isDone(item)) return List.of();
        var all = new ArrayList<Need>();
        int own = catalogue.entryOf[item];
        if (own >= 0 && choice.any()) {
            var name = catalogue.entries.get(own).name();
            all.add(new Need(
                    ids[own], Need.Kind.CONTRACT, Need.Reason.CONTRACT, "implements an operation of " + name, 1));
        }
        for (var edge : dependencies.contracts.get(item).values())
            if (edge.on() != own) all.add(need(ids[edge.on()], Need.Kind.CONTRACT, edge));
        for (var edge : dependencies.results.get(item).values())
            all.add(need(ids[contracts + edge.on()], Need.Kind.RESULT, edge));
        return all;
    }

    private static Need need(TaskId on, Need.Kind kind, Dependencies.Edge edge) {
        return new Need(on, kind, edge.reason(), edge.because(), edge.confidence());
    }

    /** The id of an item's node; there is one once the plan is built. */
    TaskId id(int item) {
        return ids[contracts + item];
    }

    private boolean isDone(int item) {
        return items.get(item).done();
    }

    private Task work(int item) {
        var requirement = items.get(item).requirement();
        int own = catalogue.entryOf[item];
        var files = files(item, requirement);
        return Task.builder(ids[contracts + item], Task.Kind.WORK, requirement.title())
                .description(items.get(item)
                        .found()
                        .map(found -> ExistingRequirements.described(requirement.text(), found))
                        .orElse(requirement.text()))
                .acceptanceCriteria(requirement.criteria())
                .component(
                        own < 0
                                ? Optional.empty()
                                : Optional.of(catalogue.entries.get(own).name()))
                .operation(own < 0 || !choice.any() ? Optional.empty() : Optional.of(operations.get(item)))
                .priority(priority(requirement))
                .estimateMinutes(
                        Estimates.minutes(types.get(item), requirement.text(), requirement.criteria(), files.size()))
                .needs(needsOf(item))
                .done(isDone(item))
                .expectedFiles(files)
                .tags(tags(item, own))
                .source(Optional.of(requirement.at()))
                .headings(given.get(item).headings())
                .passages(given.get(item).passages())
                .build();
    }

    private Task contract(int entry) {
        var component = catalogue.entries.get(entry);
        return Task.builder(ids[entry], Task.Kind.CONTRACT, "Contract of " + component.name())
                .description(description(component))
                .component(Optional.of(component.name()))
                .priority(Task.Priority.HIGH)
                .estimateMinutes(Estimates.CONTRACT_MINUTES)
                .expectedFiles(
                        choice.areFiles()
                                ? List.of(ComponentNames.sourcePath(
                                        options.basePackage(),
                                        component.name(),
                                        ComponentNames.typeName(component.name())))
                                : List.of())
                .tags(List.of("contract"))
                .build();
    }

    private static String description(ComponentAssignment.Entry component) {
        if (!component.description().isBlank()) return component.description();
        int operations = component.members().size();
        return component.name() + ": " + operations + (operations == 1 ? " operation." : " operations.");
    }

    private static Task.Priority priority(Requirement requirement) {
        return switch (requirement.importance().orElse(Importance.MEDIUM)) {
            case CRITICAL -> Task.Priority.CRITICAL;
            case HIGH -> Task.Priority.HIGH;
            case MEDIUM -> Task.Priority.MEDIUM;
            case LOW, NONE -> Task.Priority.LOW;
        };
    }

    private List<String> files(int item, Requirement requirement) {
        Set<String> files = new LinkedHashSet<>();
        var texts = new ArrayList<>(List.of(requirement.text()));
        texts.addAll(requirement.criteria());
        for (var text : texts) {
            if (text.indexOf('.') < 0) continue;
            var match = FILE.matcher(text);
            while (match.find()) files.add(match.group(1) == null ? match.group() : match.group(1));
        }
        items.get(item).found().ifPresent(found -> files.addAll(ExistingRequirements.toTouch(found)));
        int own = catalogue.entryOf[item];
        if (own >= 0 && choice.areFiles()) {
            var name = catalogue.entries.get(own).name();
            var operation = operations.get(item);
            var type = operation.substring(0, 1).toUpperCase(Locale.ROOT) + operation.substring(1) + "In"
                    + ComponentNames.typeName(name);
            files.add(ComponentNames.sourcePath(options.basePackage(), name, type));
        }
        return List.copyOf(files);
    }

    private List<String> tags(int item, int own) {
        var requirement = items.get(item).requirement();
        Set<String> tags = new LinkedHashSet<>();
        if (requirement.quality()) tags.add("non-functional");
        if (requirement.process()) tags.add("process");
        if (own >= 0) tags.add(TaskIds.slug(catalogue.entries.get(own).name()));
        else if (!requirement.section().isEmpty())
            tags.add(TaskIds.slug(requirement.section().getLast()));
        tags.addAll(requirement.tags());
        items.get(item).found().flatMap(ExistingRequirements::tag).ifPresent(tags::add);
        return List.copyOf(tags);
    }

    /** What callers of an operation may rely on: its title, and what has to hold when it is done. */
    private static String promise(Requirement requirement) {
        if (requirement.criteria().isEmpty()) return requirement.title();
        var text = new StringBuilder(requirement.title());
        requirement.criteria().forEach(criterion -> text.append("\n\n").append(criterion));
        return text.toString();
    }

    private List<ComponentSpec> components() {
        if (choice.form().isEmpty()) return List.of();
        var consumers = new ArrayList<List<TaskId>>();
        for (int entry = 0; entry < contracts; entry++) consumers.add(new ArrayList<>());
        for (int i = 0; i < items.size(); i++) {
            if (isDone(i)) continue;
            for (int component : dependencies.contracts.get(i).keySet())
                if (component != catalogue.entryOf[i]) consumers.get(component).add(ids[contracts + i]);
        }
        var specs = new ArrayList<ComponentSpec>();
        for (int entry = 0; entry < contracts; entry++) {
            var component = catalogue.entries.get(entry);
            var implemented = component.members().stream()
                    .map(item -> new Operation(
                            operations.get(item), promise(items.get(item).requirement()), ids[contracts + item]))
                    .toList();
            specs.add(new ComponentSpec(
                    ids[entry],
                    component.name(),
                    description(component),
                    options.basePackage(),
                    choice.form().get(),
                    implemented,
                    consumers.get(entry)));
        }
        return specs;
    }
}
