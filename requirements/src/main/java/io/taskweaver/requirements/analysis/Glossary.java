package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts of a product that only the glossary names. Where no heading groups the requirements, each belongs to the
 * first of the explained things that its title names, if others name it too.
 */
final class Glossary {
    private static final int FEWEST_TERMS = 3;
    private static final int FEWEST_REQUIREMENTS = 6;
    private static final int FEWEST_MEMBERS = 2;
    private static final int MOST_WORDS = 4;

    private Glossary() {}

    /** Whether a heading announces explained words. */
    static boolean isGlossary(String heading) {
        var name = Words.normalised(Headings.withoutNumber(heading));
        return name.startsWith("glossary")
                || name.startsWith("definitions")
                || name.startsWith("terminology")
                || name.startsWith("glossar")
                || name.startsWith("用語")
                || name.startsWith("术语");
    }

    /** The word that a line of a glossary explains. */
    static Optional<String> of(Phrase line) {
        var label = line.label();
        boolean named = !label.isEmpty() && Words.plain(label).size() <= MOST_WORDS;
        return named ? Optional.of(label) : Optional.empty();
    }

    /** The requirements, each with the part that it is about; unchanged where headings or numbers name parts. */
    static List<Candidate> assign(List<Candidate> tasks, List<String> terms, Optional<String> product) {
        boolean grouped =
                tasks.stream().anyMatch(task -> task.requirement().component().isPresent());
        if (grouped || terms.size() < FEWEST_TERMS || tasks.size() < FEWEST_REQUIREMENTS) return tasks;
        var names = new LinkedHashMap<String, String>();
        var whole = Words.normalised(product.orElse(""));
        for (var term : terms) {
            var key = String.join(" ", Words.singulars(term));
            if (!key.isEmpty() && !whole.endsWith(Words.normalised(term))) names.putIfAbsent(key, term);
        }
        var mentions = tasks.stream()
                .map(task -> mentioned(task.requirement().title(), names))
                .toList();
        var members = new HashMap<String, Integer>();
        for (var all : mentions) if (!all.isEmpty()) members.merge(all.getFirst(), 1, Integer::sum);
        var assigned = new ArrayList<Candidate>();
        for (int i = 0; i < tasks.size(); i++) {
            var part = mentions.get(i).stream()
                    .filter(term -> members.getOrDefault(term, 0) >= FEWEST_MEMBERS)
                    .findFirst()
                    .map(term -> new Component(term, "", List.of()));
            var task = tasks.get(i);
            boolean apart = task.requirement().quality() || task.requirement().process();
            assigned.add(
                    apart
                            ? task
                            : task.with(task.requirement().toBuilder()
                                    .component(part)
                                    .build()));
        }
        return assigned;
    }

    /** The explained things that a title names, in its order; of several that begin at one word, the longest first. */
    private static List<String> mentioned(String title, Map<String, String> names) {
        var words = Words.singulars(title);
        var found = new ArrayList<String>();
        for (int from = 0; from < words.size(); from++)
            for (int to = Math.min(words.size(), from + MOST_WORDS); to > from; to--) {
                var term = names.get(String.join(" ", words.subList(from, to)));
                if (term != null && !found.contains(term)) found.add(term);
            }
        return found;
    }
}
