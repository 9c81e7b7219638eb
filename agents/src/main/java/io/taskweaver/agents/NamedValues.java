package io.taskweaver.agents;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Parses settings, and records which names were read. */
public final class NamedValues {
    private final Map<String, String> values;
    private final Set<String> asked = new HashSet<>();

    public NamedValues(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Names that were read, with or without a value. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    /** The value of a name; empty if blank. */
    public Optional<String> text(String name) {
        asked.add(name);
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public int integer(String name, int otherwise) {
        return parsed(name, "a whole number", Integer::parseInt).orElse(otherwise);
    }

    public long number(String name, long otherwise) {
        return parsed(name, "a whole number", Long::parseLong).orElse(otherwise);
    }

    public double rate(String name) {
        return parsed(name, "a number from 0 to 1", Double::parseDouble).orElse(0.0);
    }

    public boolean flag(String name) {
        return parsed(name, "true or false", NamedValues::flagOf).orElse(false);
    }

    /** A duration such as {@code 200ms}, {@code 2s}, {@code 5m}, {@code 1h} or {@code PT2S}. */
    public Duration duration(String name, Duration otherwise) {
        return parsed(name, "a duration such as 200ms, 2s, 5m or PT2S", NamedValues::durationOf)
                .orElse(otherwise);
    }

    private <T> Optional<T> parsed(String name, String form, Function<String, T> parser) {
        return text(name).map(value -> {
            try {
                return parser.apply(value);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new IllegalArgumentException(
                        "setting '" + name + "' must be " + form + ", not '" + value + "'", e);
            }
        });
    }

    private static boolean flagOf(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static Duration durationOf(String value) {
        String text = value.toLowerCase(Locale.ROOT);
        if (text.startsWith("p")) return Duration.parse(text);
        if (text.endsWith("ms"))
            return Duration.ofMillis(
                    Long.parseLong(text.substring(0, text.length() - 2).strip()));
        return Duration.parse("PT" + text.replace(" ", ""));
    }
}
