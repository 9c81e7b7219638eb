package io.taskweaver.requirements.analysis;

import io.soabase.recordbuilder.core.RecordBuilder;
import io.taskweaver.model.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a document asks for.
 *
 * @param id as the document states it
 * @param title one line
 * @param text the requirement in full, without its criteria
 * @param criteria what has to hold when it is done
 * @param component part of the product that its section names
 * @param section headings above it, outermost first
 * @param quality whether it is about how well rather than what: a non-functional requirement
 * @param process whether it is about how work is done rather than about a part of the product
 * @param list the list that it is an item of; items of one list are numbered together
 * @param number its number in that list, 0 if it is in none
 * @param tags marks that stand at its beginning, such as {@code [P]}, and what it was found to be
 * @param part which part of a compound statement it is; empty if it is the whole
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false, useImmutableCollections = true)
public record Requirement(
        Optional<String> id,
        String title,
        String text,
        List<String> criteria,
        Optional<Component> component,
        List<String> section,
        boolean quality,
        boolean process,
        boolean done,
        Optional<Importance> importance,
        List<Dependence> dependences,
        int list,
        int number,
        List<String> tags,
        Optional<Part> part,
        SourceSpan at) {
    /**
     * A part of a compound statement.
     *
     * @param whole the same for all parts of one statement: its id, else its words
     * @param number from 1
     * @param of how many parts there are
     */
    public record Part(String whole, int number, int of) {}

    public Requirement {
        if (title.isBlank()) throw new IllegalArgumentException("a requirement needs a title");
        criteria = List.copyOf(criteria);
        section = List.copyOf(section);
        dependences = List.copyOf(dependences);
        tags = List.copyOf(tags);
    }

    /** A builder of a copy of this requirement with other values. */
    public RequirementBuilder toBuilder() {
        return RequirementBuilder.builder(this);
    }
}
