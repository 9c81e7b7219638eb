package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists of the shape {@code - Name: description}. */
final class ComponentLists {
    private static final int MOST_WORDS_IN_NAME = 6;

    private ComponentLists() {}

    /** The components that a list names, in its order. */
    static List<Component> named(Block.Items items) {
        var components = new ArrayList<Component>();
        for (var item : items.items()) named(item.phrase()).ifPresent(components::add);
        return components;
    }

    /** The component that a line names. */
    static Optional<Component> named(Phrase phrase) {
        var name = nameOf(phrase);
        if (name.isEmpty() || Words.plain(name).size() > MOST_WORDS_IN_NAME || name.contains("["))
            return Optional.empty();
        return Headings.component(name)
                .map(found -> new Component(found.name(), restOf(phrase.text(), name), found.aliases()));
    }

    private static String restOf(String text, String name) {
        var rest = text.substring(text.indexOf(name) + name.length());
        int from = 0;
        while (from < rest.length() && " :-–—`*".indexOf(rest.charAt(from)) >= 0) from++;
        return rest.substring(from).strip();
    }

    private static String nameOf(Phrase phrase) {
        var label = phrase.label();
        if (!label.isEmpty() && label.length() <= 60) return label;
        var lead = phrase.lead().strip();
        if (!lead.isEmpty()) return lead;
        for (var dash : new String[] {" - ", " – ", " — "}) {
            int at = phrase.text().indexOf(dash);
            if (at > 0) return phrase.text().substring(0, at).strip();
        }
        return phrase.text().strip();
    }
}
