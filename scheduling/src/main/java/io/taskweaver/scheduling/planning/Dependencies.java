package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Rejection;
import io.taskweaver.requirements.analysis.Dependence;
import io.taskweaver.requirements.analysis.Reference;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.text.Words;
import io.taskweaver.scheduling.graph.StronglyConnectedComponents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns what documents say about dependencies into edges between items, and between items and components. */
final class Dependencies {
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]$");
    private static final Pattern PARTS = Pattern.compile("(.*?)([0-9]+)([a-z]?)");
    private static final int WIDEST_RANGE = 5000;
    private static final double MENTIONED = 0.7;

    /**
     * Why one thing waits for another.
     *
     * @param because the words that say so
     */
    record Edge(int on, Need.Reason reason, String because, double confidence) {}

    /** For each item, the items that it needs. */
    final List<Map<Integer, Edge>> results = new ArrayList<>();
    /** For each item, the components whose contract it needs. */
    final List<Map<Integer, Edge>> contracts = new ArrayList<>();

    final List<Notice> notices = new ArrayList<>();
    final Set<Rejection> rejections = new LinkedHashSet<>();

    /** A link from an item to another. */
    private record Link(int item, Dependence dependence, Reference to) {}

    private final List<RequirementCollection.Item> items;
    private final ComponentAssignment catalogue;
    private final LimitCounter tally;
    private final Map<String, Integer> byId = new HashMap<>();
    private final Map<String, Integer> byTitle = new HashMap<>();
    private final Map<String, Integer> byNumber = new HashMap<>();
    private final Map<String, Integer> listSize = new HashMap<>();
    private final Map<String, List<Integer>> partsOf = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<String> kinds = new HashSet<>();

    private Dependencies(List<RequirementCollection.Item> items, ComponentAssignment catalogue, LimitCounter tally) {
        this.items = items;
        this.catalogue = catalogue;
        this.tally = tally;
    }

    static Dependencies of(
            List<RequirementCollection.Item> items,
            ComponentAssignment catalogue,
            Structure structure,
            LimitCounter tally) {
        var dependencies = new Dependencies(items, catalogue, tally);
        dependencies.index();
        for (int i = 0; i < items.size(); i++) dependencies.add(i);
        dependencies.links();
        dependencies.structure(structure);
        return dependencies;
    }

    /** For each item, the items that it needs, without the words that say so. */
    List<Set<Integer>> resultsNeeded() {
        return results.stream().map(Map::keySet).toList();
    }

    private void index() {
        for (int i = 0; i < items.size(); i++) {
            var requirement = items.get(i).requirement();
            int item = i;
            requirement.id().ifPresent(id -> {
                byId.put(lower(id), item);
                byId.putIfAbsent(normalized(id), item);
                kinds.add(kindOf(id));
            });
            byTitle.putIfAbsent(Words.normalised(requirement.title()), i);
            if (requirement.part().isPresent())
                partsOf.computeIfAbsent(wholeOf(i), key -> new ArrayList<>()).add(i);
            if (requirement.list() == 0) continue;
            var list = items.get(i).document() + "#" + requirement.list();
            byNumber.putIfAbsent(list + "#" + requirement.number(), i);
            listSize.merge(list, requirement.number(), Math::max);
        }
    }

    private void add(int item) {
        results.add(new LinkedHashMap<>());
        contracts.add(new LinkedHashMap<>());
        var requirement = items.get(item).requirement();
        if (items.get(item).done()) return;
        for (var dependence : requirement.dependences())
            for (var reference : dependence.references()) resolve(item, dependence, reference);
        if (!requirement.quality() && !requirement.tags().contains(SharedFoundations.TAG)) mentions(item, requirement);
    }

    private void mentions(int item, Requirement requirement) {
        var text = new StringBuilder(requirement.title()).append(" . ").append(requirement.text());
        requirement.criteria().forEach(criterion -> text.append(" . ").append(criterion));
        int own = catalogue.entryOf[item];
        for (var mention : catalogue.mentions.in(text.toString())) {
            if (mention.component() == own) continue;
            tally.need();
            contracts
                    .get(item)
                    .putIfAbsent(
                            mention.component(),
                            new Edge(
                                    mention.component(),
                                    Need.Reason.MENTION,
                                    "mentions '" + mention.words() + "'",
                                    MENTIONED));
        }
    }

    private void structure(Structure structure) {
        var uses = new HashMap<Integer, List<Edge>>();
        for (var link : structure.links()) {
            int to = catalogue.mentions.exactly(link.to());
            int from = catalogue.mentions.exactly(link.from());
            if (from < 0 || to < 0 || from == to) continue;
            uses.computeIfAbsent(from, key -> new ArrayList<>())
                    .add(new Edge(to, Need.Reason.EXPLICIT, link.because(), 1));
        }
        for (int i = 0; i < items.size(); i++) {
            var own = uses.getOrDefault(catalogue.entryOf[i], List.of());
            for (var edge : own) {
                tally.need();
                contracts.get(i).put(edge.on(), edge);
            }
        }
    }

    private void resolve(int item, Dependence dependence, Reference reference) {
        switch (reference) {
            case Reference.Id id -> {
                var found = find(id.id());
                if (found.isPresent()) edge(item, found.get(), dependence);
                else if (isMeant(id.id(), dependence)) unknown(item, dependence, id.id());
            }
            case Reference.Range range -> range(item, dependence, range);
            case Reference.Ordinal number -> number(item, dependence, number);
            case Reference.Name name -> name(item, dependence, name.name());
            case Reference.Linked linked -> links.add(new Link(item, dependence, linked.to()));
        }
    }

    /** Two that link to each other are related, but in no order; and what words say outweighs a link. */
    private void links() {
        if (links.isEmpty()) return;
        var stated = new ArrayList<Map<Integer, Edge>>();
        for (var own : results) stated.add(new LinkedHashMap<>(own));
        for (var link : links)
            meant(link.to()).filter(on -> on != link.item()).ifPresent(on -> edge(link.item(), on, link.dependence()));
        var needs = new int[results.size()][];
        for (int i = 0; i < needs.length; i++)
            needs[i] = results.get(i).keySet().stream().mapToInt(on -> on).toArray();
        var components = StronglyConnectedComponents.of(needs);
        for (int i = 0; i < needs.length; i++) {
            int item = i;
            results.get(i)
                    .keySet()
                    .removeIf(on -> components[on] == components[item]
                            && !stated.get(item).containsKey(on));
        }
    }

    /** Where a link leads, if that is to be done. */
    private Optional<Integer> meant(Reference to) {
        return switch (to) {
            case Reference.Id id -> find(id.id());
            case Reference.Name name -> Optional.ofNullable(byTitle.get(Words.normalised(name.name())));
            case Reference.Linked _, Reference.Ordinal _, Reference.Range _ -> Optional.empty();
        };
    }

    private void edge(int item, int on, Dependence dependence) {
        if (on == item && !dependence.certain()) return;
        var whole = wholeOf(on);
        var parts = partsOf.getOrDefault(whole, List.of(on));
        boolean own = on != item && !whole.isEmpty() && whole.equals(wholeOf(item));
        if (own) return;
        for (int part : parts) {
            tally.need();
            results.get(item).putIfAbsent(part, new Edge(part, Need.Reason.EXPLICIT, dependence.because(), 1));
        }
    }

    /** What an item is a part of; the same for all its parts, empty if it is a whole. */
    private String wholeOf(int item) {
        return items.get(item)
                .requirement()
                .part()
                .map(part -> items.get(item).document() + "#" + part.whole())
                .orElse("");
    }

    private Optional<Integer> find(String id) {
        var exact = byId.get(lower(id));
        return Optional.ofNullable(exact == null ? byId.get(normalized(id)) : exact);
    }

    /** Whether something of an id's form, but not defined, can only be meant as one. */
    private boolean isMeant(String id, Dependence dependence) {
        return kinds.contains(kindOf(id)) || (dependence.certain() && (id.indexOf('-') > 0 || id.indexOf('_') > 0));
    }

    private void unknown(int item, Dependence dependence, String what) {
        var requirement = items.get(item).requirement();
        var name = requirement.id().orElse("'" + requirement.title() + "'");
        var rejection = new Rejection(
                "unknown-dependency",
                name + " depends on " + what + ", which no document defines (\"" + dependence.because() + "\").",
                "Correct the id, define " + what + ", or remove the dependency.",
                Optional.of(dependence.at()));
        tally.need();
        rejections.add(rejection);
    }

    private void range(int item, Dependence dependence, Reference.Range range) {
        var first = PARTS.matcher(range.from());
        var last = PARTS.matcher(range.to());
        var ends = List.of(range.from(), range.to());
        for (var end : ends) if (find(end).isEmpty() && isMeant(end, dependence)) unknown(item, dependence, end);
        if (!first.matches()
                || !last.matches()
                || first.group(2).length() > 6
                || last.group(2).length() > 6) return;
        int from = Integer.parseInt(first.group(2));
        int to = Math.min(Integer.parseInt(last.group(2)), from + WIDEST_RANGE);
        for (int number = from; number <= to; number++) {
            var plain = first.group(1) + number;
            find(plain).filter(found -> found != item).ifPresent(found -> edge(item, found, dependence));
        }
    }

    private void number(int item, Dependence dependence, Reference.Ordinal number) {
        if (!number.prefix().isEmpty()) {
            var named = find(number.prefix() + "-" + number.number())
                    .or(() -> find(number.prefix().charAt(0) + "" + number.number()));
            if (named.isPresent()) {
                edge(item, named.get(), dependence);
                return;
            }
        }
        var requirement = items.get(item).requirement();
        var list = items.get(item).document() + "#" + requirement.list();
        var found = byNumber.get(list + "#" + number.number());
        if (found != null) edge(item, found, dependence);
        else if (!dependence.certain()) return;
        else if (requirement.list() > 0 && number.number() > listSize.getOrDefault(list, 0))
            unknown(item, dependence, "number " + number.number() + " of its list");
        else unresolved(dependence, "" + number.number());
    }

    private void name(int item, Dependence dependence, String name) {
        var task = byTitle.get(Words.normalised(name));
        if (task != null && task != item) {
            edge(item, task, dependence);
            return;
        }
        int component = catalogue.mentions.exactly(name);
        if (component >= 0) {
            if (component != catalogue.entryOf[item])
                contracts.get(item).put(component, new Edge(component, Need.Reason.EXPLICIT, dependence.because(), 1));
        } else if (dependence.because().startsWith("depends on " + name)) {
            unresolved(dependence, name);
        }
    }

    private void unresolved(Dependence dependence, String what) {
        notices.add(new Notice(
                "unresolved-dependency",
                "\"" + dependence.because() + "\": the plan contains no '" + what + "', so the dependency is ignored.",
                Optional.of(dependence.at())));
    }

    private static String lower(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /** FR-1, FR-001 and FR1 are the same. */
    private static String normalized(String id) {
        var parts = PARTS.matcher(lower(id));
        if (!parts.matches()) return lower(id);
        int zeros = 0;
        while (zeros < parts.group(2).length() - 1 && parts.group(2).charAt(zeros) == '0') zeros++;
        return SEPARATORS.matcher(parts.group(1)).replaceFirst("")
                + parts.group(2).substring(zeros) + parts.group(3) + "~";
    }

    /** The letters that an id begins with, in lower case. */
    static String kindOf(String id) {
        int end = 0;
        while (end < id.length() && Character.isLetter(id.charAt(end))) end++;
        return lower(id.substring(0, end));
    }
}
