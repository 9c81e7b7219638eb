package io.taskweaver.domain.analysis;

import io.taskweaver.domain.document.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * What STRUCTURE.md says.
 *
 * @param components in its order
 * @param links which component uses which
 * @param requirements what its section of requirements asks for, if it has one
 */
public record Structure(List<Component> components, List<Link> links, Optional<Analysis> requirements) {
    public static final Structure NONE = new Structure(List.of(), List.of(), Optional.empty());

    /**
     * A statement that one component uses another.
     *
     * @param from name of the one that uses
     * @param to name of the one that is used
     */
    public record Link(String from, String to, String because, SourceSpan at) {}

    public Structure {
        components = List.copyOf(components);
        links = List.copyOf(links);
    }
}
