package io.taskweaver.requirements.analysis;

import java.util.List;

/**
 * A part of the product that the documents name.
 *
 * @param description what it is for; may be empty
 * @param aliases other names for it, or for parts of it
 */
public record Component(String name, String description, List<String> aliases) {
    public Component {
        if (name.isBlank()) throw new IllegalArgumentException("a component needs a name");
        aliases = List.copyOf(aliases);
    }

    Component describedAs(String words) {
        return new Component(name, words, aliases);
    }
}
