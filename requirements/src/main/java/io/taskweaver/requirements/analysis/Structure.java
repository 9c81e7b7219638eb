package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import java.util.List;
import java.util.Optional;

/**
 * What STRUCTURE.md says.
 *
 * @param components in its order
 * @param links which component uses which
 * @param interfaces what components offer, by name
 * @param externals what the product builds on and is no part of it
 * @param files paths of its directory trees
 * @param requirements what its section of requirements asks for, if it has one
 * @param at all of it
 */
public record Structure(
        List<Component> components,
        List<Link> links,
        List<Component> interfaces,
        List<Component> externals,
        List<String> files,
        Optional<Analysis> requirements,
        SourceSpan at) {
    public static final Structure NONE = new Structure(
            List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), new SourceSpan("", 1, 1));

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
        interfaces = List.copyOf(interfaces);
        externals = List.copyOf(externals);
        files = List.copyOf(files);
    }

    /** What the product builds on, as constraints. */
    public List<Statement> builtOn() {
        return externals.stream()
                .map(external -> new Statement(
                        "Builds on " + external.name()
                                + (external.description().isBlank() ? "" : ": " + external.description()),
                        at))
                .toList();
    }
}
