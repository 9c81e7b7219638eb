package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import java.util.List;

/**
 * A statement that something waits for something else.
 *
 * @param because the words that say so
 * @param certain whether the words cannot mean anything else, as "depends on" and unlike "requires"
 */
public record Dependence(List<Reference> references, String because, boolean certain, SourceSpan at) {
    public Dependence {
        references = List.copyOf(references);
    }
}
