package io.taskweaver.agents.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Fills in <code>{name}</code>: {@code prompt}, {@code prompt-file}, {@code folder}, {@code plan}, {@code task},
 * {@code attempt}, and what {@code values} of the file name. Two braces stand for one.
 */
final class CommandPlaceholders {
    private static final Pattern FORM = Pattern.compile("\\{\\{|\\}\\}|\\{([a-z][a-z0-9-]*)\\}");
    private static final Set<String> GIVEN = Set.of("prompt", "prompt-file", "folder", "plan", "task", "attempt");

    private final Map<String, String> values;

    CommandPlaceholders(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Rejects unknown placeholders. */
    static void check(CommandSpec spec) {
        var known = new TreeSet<>(GIVEN);
        known.addAll(spec.values().keySet());
        for (var argument : spec.command())
            if (!argument.optional()) argument.texts().forEach(text -> check(text, known));
        spec.stdin().ifPresent(text -> check(text, known));
        spec.environment().values().forEach(text -> check(text, known));
    }

    private static void check(String text, Set<String> known) {
        for (var name : names(text))
            if (!known.contains(name))
                throw new IllegalArgumentException(
                        "'{" + name + "}' has no value; known are " + known + ", and others are given under 'values'");
    }

    private static List<String> names(String text) {
        var names = new ArrayList<String>();
        var form = FORM.matcher(text);
        while (form.find()) if (form.group(1) != null) names.add(form.group(1));
        return names;
    }

    /** The arguments of a command, without those whose placeholders have no value. */
    List<String> arguments(CommandSpec spec) {
        var arguments = new ArrayList<String>();
        for (var argument : spec.command()) {
            var filled = argument.texts().stream().map(this::fill).toList();
            if (filled.stream().allMatch(Optional::isPresent)) filled.forEach(text -> text.ifPresent(arguments::add));
        }
        return arguments;
    }

    /** The text with its values; empty if one is missing. */
    Optional<String> fill(String text) {
        if (names(text).stream().anyMatch(name -> !values.containsKey(name))) return Optional.empty();
        return Optional.of(FORM.matcher(text).replaceAll(found -> {
            var filled = found.group(1) == null ? found.group().substring(1) : values.getOrDefault(found.group(1), "");
            return java.util.regex.Matcher.quoteReplacement(filled);
        }));
    }
}
