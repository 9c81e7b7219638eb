package io.taskweaver.requirements.analysis;

import java.util.List;

/**
 * A part of the product that the documents name.
 *
 * @param description what it is for; may be empty
 * @param aliases other names for it, or for parts of it
 * @param paths folders and files that hold it, '/' separated, without one at the end
 */
public record Component(String name, String description, List<String> aliases, List<String> paths) {
    public Component {
        if (name.isBlank()) throw new IllegalArgumentException("a component needs a name");
        aliases = List.copyOf(aliases);
        paths = List.copyOf(paths);
    }

    /** One of which it is not known where it is. */
    public Component(String name, String description, List<String> aliases) {
        this(name, description, aliases, List.of());
    }

    Component describedAs(String words) {
        return new Component(name, words, aliases, paths);
    }

    Component at(List<String> places) {
        return new Component(name, description, aliases, places);
    }
}
