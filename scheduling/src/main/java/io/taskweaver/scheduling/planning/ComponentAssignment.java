package io.taskweaver.scheduling.planning;

import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.Notice;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.analysis.Analysis;
import io.taskweaver.requirements.analysis.Component;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which component each requirement belongs to. STRUCTURE.md decides if there is one; else the headings that group
 * requirements, then the components that a document lists, then the product as a whole.
 */
final class ComponentAssignment {
    /** More operations make an interface that nobody reads and that every implementer has to carry. */
    static final int MOST_OPERATIONS = 24;

    /** A component with the indices of the items that are part of it. */
    record Entry(String name, String description, List<Integer> members) {}

    final List<Entry> entries = new ArrayList<>();
    final List<Notice> notices = new ArrayList<>();
    final Mentions mentions = new Mentions();
    /** Index of an item's entry; -1 if it belongs to none. */
    final int[] entryOf;

    private final Map<String, Component> components = new LinkedHashMap<>();
    private final Map<String, List<Integer>> members = new LinkedHashMap<>();
    private final Map<String, String> keys = new HashMap<>();

    private ComponentAssignment(int items) {
        entryOf = new int[items];
        java.util.Arrays.fill(entryOf, -1);
    }

    static ComponentAssignment of(
            List<RequirementCollection.Item> items, List<Analysis> analyses, Structure structure, String product) {
        var catalogue = new ComponentAssignment(items.size());
        boolean structured = !structure.components().isEmpty();
        var listed = structured
                ? structure.components()
                : analyses.stream().flatMap(a -> a.components().stream()).toList();
        listed.forEach(catalogue::declare);
        var finder = new Finder(listed, structured);
        var unassigned = new ArrayList<Requirement>();
        for (int i = 0; i < items.size(); i++) {
            Effort.step();
            var requirement = items.get(i).requirement();
            if (requirement.quality() || items.get(i).done() || (requirement.process() && !structured)) continue;
            var name = requirement.tags().contains(SharedFoundations.TAG)
                    ? requirement.component().map(Component::name)
                    : finder.find(requirement).or(() -> structured ? Optional.empty() : Optional.of(product));
            if (name.isPresent()) catalogue.assign(i, name.get(), requirement);
            else unassigned.add(requirement);
        }
        catalogue.close();
        if (!unassigned.isEmpty()) catalogue.notices.add(unassigned(unassigned));
        return catalogue;
    }

    private static Notice unassigned(List<Requirement> tasks) {
        var first = tasks.getFirst();
        return new Notice(
                "no-component",
                tasks.size() + (tasks.size() == 1 ? " task" : " tasks")
                        + " could not be assigned to a component of STRUCTURE.md, the first is '" + first.title()
                        + "'. Name the component in the task or in its heading.",
                Optional.of(first.at()));
    }

    private void declare(Component component) {
        components.merge(key(component.name()), component, ComponentAssignment::joined);
    }

    private void assign(int item, String name, Requirement requirement) {
        var key = keys.computeIfAbsent(name, ComponentAssignment::key);
        var found = requirement
                .component()
                .filter(own -> own.name().equals(name))
                .orElse(new Component(name, "", List.of()));
        components.merge(key, found, ComponentAssignment::joined);
        members.computeIfAbsent(key, missing -> new ArrayList<>()).add(item);
    }

    private static Component joined(Component one, Component other) {
        var aliases = new java.util.LinkedHashSet<>(one.aliases());
        aliases.addAll(other.aliases());
        return new Component(
                one.name(),
                one.description().isBlank() ? other.description() : one.description(),
                List.copyOf(aliases));
    }

    /** Makes the entries, in the order of their first item, and the index of their names. */
    private void close() {
        var firstPart = new LinkedHashMap<Integer, Component>();
        members.forEach((key, items) -> {
            var component = Optional.ofNullable(components.get(key)).orElseThrow();
            int parts = Math.ceilDiv(items.size(), MOST_OPERATIONS);
            if (parts == 1) firstPart.put(entries.size(), component);
            for (int part = 0; part < parts; part++) {
                int from = (int) ((long) items.size() * part / parts);
                int to = (int) ((long) items.size() * (part + 1) / parts);
                var own = List.copyOf(items.subList(from, to));
                for (int item : own) entryOf[item] = entries.size();
                entries.add(new Entry(
                        parts == 1 ? component.name() : component.name() + " " + (part + 1),
                        component.description(),
                        own));
            }
            if (parts > 1) notices.add(split(component.name(), items.size(), parts));
        });
        firstPart.forEach((entry, component) -> mentions.name(component.name(), entry));
        firstPart.forEach((entry, component) -> {
            mentions.alias(component.name(), entry);
            component.aliases().forEach(alias -> mentions.alias(alias, entry));
        });
    }

    private static Notice split(String name, int operations, int parts) {
        return new Notice(
                "component-split",
                name + " would have " + operations + " operations; it was split into " + parts + " parts of at most "
                        + MOST_OPERATIONS + ". Group its requirements under headings to name the parts.",
                Optional.empty());
    }

    /** The same for names that give the same type name. */
    static String key(String name) {
        return ComponentNames.typeName(name).toLowerCase(Locale.ROOT);
    }

    /** Finds the component of a requirement. */
    private static final class Finder {
        private static final int NAME_WEIGHT = 3;
        /** A word in the names of so many components does not distinguish them. */
        private static final int COMMON = 200;

        private final List<Component> listed;
        private final boolean structured;
        private final Mentions names = new Mentions();
        private final Map<String, Integer> byKey = new HashMap<>();
        private final Map<String, Map<Integer, Integer>> byWord = new HashMap<>();

        Finder(List<Component> listed, boolean structured) {
            this.listed = listed;
            this.structured = structured;
            for (int i = 0; i < listed.size(); i++) {
                names.name(listed.get(i).name(), i);
                byKey.putIfAbsent(key(listed.get(i).name()), i);
            }
            for (int i = 0; i < listed.size(); i++) {
                int entry = i;
                names.alias(listed.get(i).name(), i);
                listed.get(i).aliases().forEach(alias -> names.alias(alias, entry));
                Words.content(listed.get(i).name()).forEach(word -> weigh(word, entry, NAME_WEIGHT));
                Words.content(listed.get(i).description()).forEach(word -> weigh(word, entry, 1));
            }
        }

        private void weigh(String word, int component, int weight) {
            byWord.computeIfAbsent(word, key -> new HashMap<>()).merge(component, weight, Math::max);
        }

        Optional<String> find(Requirement requirement) {
            var heading = requirement.component().map(Component::name);
            if (!structured && heading.isPresent()) return heading;
            if (heading.isPresent()) {
                var same = byKey.get(key(heading.get()));
                if (same != null) return nameOf(same);
                var within = names.in(heading.get());
                if (!within.isEmpty()) return nameOf(within.getFirst().component());
            }
            var inTitle = names.in(requirement.title());
            if (!inTitle.isEmpty()) return nameOf(inTitle.getFirst().component());
            var alike = mostAlike(requirement.title() + " " + heading.orElse(""));
            if (alike.isPresent()) return alike;
            var inText = names.in(requirement.text());
            if (!inText.isEmpty()) return nameOf(inText.getFirst().component());
            return structured
                    ? mostAlike(requirement.text() + " " + String.join(" ", requirement.section()))
                    : Optional.empty();
        }

        private Optional<String> nameOf(int component) {
            return Optional.of(listed.get(component).name());
        }

        /** The component whose name and description share most words with a text; none if two share as many. */
        private Optional<String> mostAlike(String text) {
            var scores = new HashMap<Integer, Integer>();
            for (var word : Words.content(text)) {
                var having = byWord.getOrDefault(word, Map.of());
                if (having.size() <= COMMON)
                    having.forEach((component, weight) -> scores.merge(component, weight, Integer::sum));
            }
            int best = -1;
            int most = 0;
            boolean tie = false;
            for (var score : scores.entrySet()) {
                tie = score.getValue() == most || (tie && score.getValue() < most);
                if (score.getValue() > most) {
                    most = score.getValue();
                    best = score.getKey();
                    tie = false;
                }
            }
            return best < 0 || tie ? Optional.empty() : nameOf(best);
        }
    }
}
