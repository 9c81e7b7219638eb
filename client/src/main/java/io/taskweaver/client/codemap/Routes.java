package io.taskweaver.client.codemap;

import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which texts are paths that a program serves, by the names that frameworks give to annotations and calls. */
final class Routes {
    private static final List<String> VERBS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
    private static final Set<String> ANNOTATIONS = Words.set("""
        path route controller requestmapping getmapping postmapping putmapping deletemapping patchmapping get post
        put delete patch head options
        """);
    private static final Set<String> CALLS = Words.set("""
        get post put delete patch head options all use route handle handlefunc add_url_rule
        """);

    private Routes() {}

    /** The path with a slash at its beginning, if the announcer announces one. */
    static Optional<String> path(String announcer, String text, boolean call) {
        var name = announcer.substring(announcer.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (text.length() > 200 || text.chars().anyMatch(Character::isWhitespace)) return Optional.empty();
        // A call of "get" is anything; what it is given has to look like a path.
        if (call) return CALLS.contains(name) && text.startsWith("/") ? Optional.of(text) : Optional.empty();
        if (!ANNOTATIONS.contains(name)) return Optional.empty();
        return Optional.of(text.startsWith("/") ? text : "/" + text);
    }

    /** The verb that an announcer names, in capitals; empty if it names none. */
    static String verb(String announcer) {
        var name = announcer.substring(announcer.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return VERBS.stream()
                .filter(verb -> name.equals(verb) || name.equals(verb + "MAPPING"))
                .findFirst()
                .orElse("");
    }

    /** One path below another. */
    static String below(String prefix, String path) {
        if (prefix.isEmpty() || prefix.equals("/")) return path;
        var head = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return path.equals("/") ? head : head + path;
    }
}
