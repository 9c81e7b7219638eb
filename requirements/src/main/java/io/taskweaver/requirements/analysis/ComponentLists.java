package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /**
     * The component that a line of a structure names, with where it is.
     *
     * @param folder what its path is below, with '/' at its end; may be empty
     */
    static Optional<Component> placed(Phrase phrase, String folder) {
        var path = path(phrase);
        if (!path.isEmpty()) return ComponentPaths.named(folder + path, restOf(phrase.text(), nameOf(phrase)));
        var behind = ComponentPaths.behind(phrase.text());
        return named(behind.isEmpty() ? phrase : without(behind.getFirst(), phrase))
                .map(found -> found.at(behind));
    }

    /** A line without the path that stands in brackets or code in it. */
    private static Phrase without(String path, Phrase phrase) {
        var place = Pattern.compile("\\s*[(\\[`]+(?:\\./)?" + Pattern.quote(path) + "/?\\*{0,2}[)\\]`]+");
        var text = place.matcher(phrase.text()).replaceFirst("");
        return new Phrase(text, text.startsWith(phrase.lead()) ? phrase.lead() : "", phrase.struck());
    }

    /** The path that a line has in place of a name; empty if it has a name. */
    static String path(Phrase phrase) {
        var name = nameOf(phrase).strip();
        return ComponentPaths.isPath(name)
                ? name.replace("`", "").replaceFirst("^\\./", "").replaceFirst("/+$", "")
                : "";
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
