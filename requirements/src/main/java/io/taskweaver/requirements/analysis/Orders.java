package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a document says apart from its statements about their order: a dependency chain that lists steps or parts of the product
 * again, or "Prerequisites: Epic 1" below a heading. It becomes dependences of the statements that are meant.
 */
final class Orders {
    /**
     * An item of a list of what needs what.
     *
     * @param list of one list, the same
     * @param number in its list
     * @param name what is spoken of
     * @param words what is said of it, itself included
     * @param step the entry as a step, should the document state it nowhere else
     */
    record Entry(int list, int number, String name, List<String> words, Candidate step, SourceSpan at) {
        Entry {
            words = List.copyOf(words);
        }

        boolean refersToNumbers() {
            return words.stream()
                    .flatMap(each -> Dependences.in(each, at).stream())
                    .flatMap(dependence -> dependence.references().stream())
                    .anyMatch(reference -> reference instanceof Reference.Ordinal number
                            && number.prefix().isEmpty());
        }
    }

    /**
     * What all statements below a heading need.
     *
     * @param headings to the one, outermost first
     */
    record GroupNeed(List<String> headings, String needs, SourceSpan at) {
        GroupNeed {
            headings = List.copyOf(headings);
        }
    }

    /** Share of the weight of a name's words that a title must have. */
    private static final double SAME = 0.5;

    private final List<Candidate> candidates;
    private final List<Entry> entries;
    private final TextSimilarity titles;

    private Orders(List<Candidate> candidates, List<Entry> entries) {
        this.candidates = candidates;
        this.entries = entries;
        this.titles = TextSimilarity.of(
                candidates.stream().map(each -> each.requirement().title()).toList());
    }

    /** The statements with the dependences that are said elsewhere. */
    static List<Candidate> applied(List<Candidate> candidates, List<Entry> entries, List<GroupNeed> groups) {
        if (entries.isEmpty() && groups.isEmpty()) return candidates;
        var stated = new Orders(candidates, entries);
        var all = new ArrayList<>(candidates);
        all.addAll(stated.missing());
        all.sort(Comparator.comparingInt(each -> each.requirement().at().firstLine()));
        return new Orders(all, entries).applied(groups);
    }

    /** Steps of a chain that the document states only there: of a list that refers to its own numbers. */
    private List<Candidate> missing() {
        var missing = new ArrayList<Candidate>();
        for (var entry : entries) {
            boolean isChain =
                    entries.stream().anyMatch(other -> other.list() == entry.list() && other.refersToNumbers());
            if (isChain && meant(entry.name()).isEmpty()) missing.add(entry.step());
        }
        return missing;
    }

    private List<Candidate> applied(List<GroupNeed> groups) {
        var orders = this;
        var added = new ArrayList<Set<Dependence>>();
        for (int i = 0; i < candidates.size(); i++) added.add(new LinkedHashSet<>());
        for (var entry : entries) orders.entry(entry, added);
        for (var group : groups) orders.group(group, added);
        var result = new ArrayList<Candidate>();
        for (int i = 0; i < candidates.size(); i++) {
            var requirement = candidates.get(i).requirement();
            var all = new LinkedHashSet<>(requirement.dependences());
            all.addAll(added.get(i));
            result.add(candidates
                    .get(i)
                    .with(requirement.toBuilder().dependences(List.copyOf(all)).build()));
        }
        return result;
    }

    private void entry(Entry entry, List<Set<Dependence>> added) {
        var meant = meant(entry.name());
        if (meant.isEmpty()) return;
        for (var words : entry.words())
            for (var dependence : Dependences.in(words, entry.at())) {
                var needed = new LinkedHashSet<Integer>();
                for (var reference : dependence.references()) needed.addAll(needed(entry, reference));
                add(meant, needed, dependence.because(), entry.at(), added);
            }
    }

    private void group(GroupNeed group, List<Set<Dependence>> added) {
        var meant = new LinkedHashSet<Integer>();
        for (int i = 0; i < candidates.size(); i++) if (isBelow(candidates.get(i), group.headings())) meant.add(i);
        var listed = Dependences.listed(group.needs(), group.at());
        if (listed.isEmpty()) return;
        var needed = new LinkedHashSet<Integer>();
        for (var name : Dependences.parts(group.needs())) needed.addAll(grouped(name));
        add(meant, needed, listed.get().because(), group.at(), added);
    }

    private static boolean isBelow(Candidate candidate, List<String> headings) {
        var section = candidate.requirement().section();
        return section.size() >= headings.size()
                && section.subList(0, headings.size()).equals(headings);
    }

    private void add(
            Set<Integer> meant, Set<Integer> needed, String because, SourceSpan at, List<Set<Dependence>> added) {
        for (int one : meant) {
            var references = needed.stream()
                    .filter(other -> !meant.contains(other))
                    .map(this::reference)
                    .toList();
            if (!references.isEmpty()) added.get(one).add(new Dependence(references, because, true, at));
        }
    }

    private Reference reference(int candidate) {
        var requirement = candidates.get(candidate).requirement();
        return requirement
                .id()
                .<Reference>map(Reference.Id::new)
                .orElseGet(() -> new Reference.Name(requirement.title()));
    }

    /** What an entry of a list refers to: another entry by its number, or something by its name. */
    private Set<Integer> needed(Entry entry, Reference reference) {
        return switch (reference) {
            case Reference.Ordinal ordinal
            when ordinal.prefix().isEmpty() ->
                entries.stream()
                        .filter(other -> other.list() == entry.list() && other.number() == ordinal.number())
                        .findFirst()
                        .map(other -> meant(other.name()))
                        .orElse(Set.of());
            case Reference.Name name -> meant(name.name());
            case Reference.Id id -> numbered(id.id());
            case Reference.Linked linked -> needed(entry, linked.to());
            case Reference.Ordinal ordinal -> numbered(ordinal.prefix() + "-" + ordinal.number());
            case Reference.Range range -> {
                var ends = new LinkedHashSet<>(numbered(range.from()));
                ends.addAll(numbered(range.to()));
                yield ends;
            }
        };
    }

    private Set<Integer> numbered(String id) {
        for (int i = 0; i < candidates.size(); i++)
            if (candidates.get(i).requirement().id().equals(Optional.of(id))) return Set.of(i);
        return Set.of();
    }

    /** The statements of a part of the document with this name, else the one that says most nearly the same. */
    private Set<Integer> meant(String name) {
        var grouped = grouped(name);
        if (!grouped.isEmpty()) return grouped;
        int like = titles.mostCovering(name, SAME);
        return like < 0 ? Set.of() : Set.of(like);
    }

    private Set<Integer> grouped(String name) {
        var wanted = Words.normalised(withoutArticle(name));
        var found = new LinkedHashSet<Integer>();
        if (wanted.isEmpty()) return found;
        for (int i = 0; i < candidates.size(); i++)
            for (var heading : candidates.get(i).requirement().section()) {
                var own = Words.normalised(heading);
                if (own.equals(wanted) || own.startsWith(wanted + " ")) found.add(i);
            }
        return found;
    }

    private static String withoutArticle(String name) {
        var text = name.strip();
        return text.regionMatches(true, 0, "the ", 0, 4) ? text.substring(4) : text;
    }
}
