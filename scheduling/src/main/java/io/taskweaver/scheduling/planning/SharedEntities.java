package io.taskweaver.scheduling.planning;

import io.taskweaver.requirements.analysis.Analysis;
import io.taskweaver.requirements.analysis.Component;
import io.taskweaver.requirements.text.Words;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a product keeps data of: what a document lists as such, else what some requirement changes and several name. An
 * entity is found by the verbs of storing in titles and texts; its name is the last word of their object, where there are
 * several of it ("a book", "books", never only "the validation"). Only English is read so.
 */
final class SharedEntities {
    private static final Set<String> STORING = Words.set("""
        create add edit update delete remove store save persist insert register modify archive
        """);
    private static final Set<String> DETERMINERS = Words.set("""
        a an the this that these those their his her its my our your own new existing another other more one two
        several multiple many some any each every all
        """);
    private static final Set<String> ENDS = Set.of(
            "by", "with", "for", "from", "to", "in", "on", "at", "of", "as", "into", "via", "using", "when", "if",
            "and", "or", "so", "which", "who", "whose", "per", "without", "after", "before", "within", "during", "than",
            "only", "not", "is", "are", "be", "was", "ha", "have", "can", "must", "shall", "should", "would", "could",
            "may", "might", "will");
    /** What can be stored and yet is no kind of thing. */
    private static final Set<String> VAGUE = Words.set("""
        data information detail change list value field name result support feature option way type number state
        status button page screen form file test entry api endpoint function component service module class setting
        document command operation action process step call check instead again confirmation validation verification
        update time
        """);

    private static final int ENOUGH_STATEMENTS = 3;
    private static final int ENOUGH_ENTITIES = 2;
    private static final int LONGEST_OBJECT = 3;
    private static final int MOST = 12;

    private SharedEntities() {}

    /** What documents list, by the words that name it, with its name and description. */
    static Map<String, String> listed(List<Analysis> analyses) {
        var entities = new LinkedHashMap<String, String>();
        analyses.stream()
                .flatMap(analysis -> analysis.entities().stream())
                .forEach(entity -> entities.putIfAbsent(words(entity), line(entity)));
        return entities;
    }

    private static String words(Component entity) {
        return String.join(" ", Words.singulars(entity.name()));
    }

    private static String line(Component entity) {
        return entity.description().isEmpty() ? entity.name() : entity.name() + ": " + entity.description();
    }

    /** The words of entities found, twice each, in the order in which the requirements store them; none if there are too few to share. */
    static Map<String, String> found(List<RequirementWords> requirements) {
        var named = new LinkedHashMap<String, Set<String>>();
        for (var requirement : requirements)
            for (var clause : requirement.stated())
                for (int at = 0; at < clause.size(); at++)
                    if (STORING.contains(clause.get(at)))
                        object(clause, at + 1)
                                .filter(requirement.counted()::contains)
                                .ifPresent(entity -> named.putIfAbsent(entity, new HashSet<>()));
        if (named.isEmpty()) return Map.of();
        for (var requirement : requirements)
            for (var clause : requirement.clauses())
                for (var word : clause) {
                    var statements = named.get(word);
                    if (statements != null) statements.add(requirement.statement());
                }
        var entities = new LinkedHashMap<String, String>();
        named.forEach((entity, statements) -> {
            if (statements.size() >= ENOUGH_STATEMENTS && entities.size() < MOST) entities.put(entity, entity);
        });
        return entities.size() < ENOUGH_ENTITIES ? Map.of() : entities;
    }

    /** The last word of what follows a verb. */
    private static Optional<String> object(List<String> clause, int from) {
        Optional<String> head = Optional.empty();
        int length = 0;
        for (int at = from; at < clause.size() && length < LONGEST_OBJECT; at++) {
            var word = clause.get(at);
            if (length == 0 && DETERMINERS.contains(word)) continue;
            if (ENDS.contains(word) || word.endsWith("ly") || word.endsWith("ed") || STORING.contains(word)) break;
            head = Optional.of(word);
            length++;
        }
        return head.filter(word -> word.length() > 2
                && Character.isLetter(word.charAt(0))
                && !VAGUE.contains(word)
                && !Words.isFiller(word));
    }
}
