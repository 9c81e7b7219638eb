package io.taskweaver.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.taskweaver.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files that describe agents: the built-in ones, and those of a user's folder, which override them. A file has one of
 * several forms; it may extend another of its form.
 */
public final class SpecFiles {
    private static final String SUFFIX = ".yaml";
    private static final String PROGRAMS = "@program";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, String> origins = new TreeMap<>();

    /**
     * A form of such files.
     *
     * @param type Java type of the file
     * @param extended name of the extended agent, or null
     * @param over merges a file's settings over those of another
     */
    public record Form<R>(Class<R> type, Function<R, @Nullable String> extended, BinaryOperator<R> over) {}

    /**
     * @param presets texts of the built-in files, by name
     * @param folder files {@code <name>.yaml} of a user
     * @throws IllegalArgumentException if the folder cannot be read, or contains a file with an invalid name
     */
    public SpecFiles(Map<String, String> presets, Optional<Path> folder) {
        presets.forEach((name, text) -> add(name, text, name + SUFFIX + " of the program"));
        folder.ifPresent(this::read);
    }

    /** Texts of presets, resources beside a class. */
    public static Map<String, String> presets(Class<?> beside, List<String> names) {
        var texts = new TreeMap<String, String>();
        for (var name : names) texts.put(name, Resources.text(beside, name + SUFFIX));
        return texts;
    }

    private void read(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (!name.endsWith(SUFFIX)) continue;
                add(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file), file.toString());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the folder of agents " + folder + ": " + e, e);
        }
    }

    private void add(String name, String text, String origin) {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException(
                    origin + ": the name of an agent consists of lower-case letters, digits and dashes,"
                            + " and starts with a letter");
        var before = texts.put(name, text);
        // A file that extends the built-in one of the same name.
        if (before != null) texts.put(name + PROGRAMS, before);
        origins.put(name, origin);
    }

    /** The names of all described agents. */
    public Set<String> names() {
        return origins.keySet();
    }

    /** The text of a file. */
    public String text(String name) {
        var text = texts.get(name);
        if (text == null) throw new IllegalArgumentException("there is no agent '" + name + "'; known are " + names());
        return text;
    }

    /** Whether a file, or one that it extends, has a top-level setting. */
    public boolean has(String name, String setting) {
        var seen = new HashSet<String>();
        var next = name;
        while (seen.add(next)) {
            var text = texts.get(next);
            if (text == null) return false;
            var fields = fields(text);
            if (fields.has(setting)) return true;
            next = target(next, fields.path("extend").asText(""));
        }
        return false;
    }

    private static JsonNode fields(String text) {
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            // Parsing it as its form reports the error.
            return MissingNode.getInstance();
        }
    }

    /**
     * A file merged with those that it extends.
     *
     * @param check converts a file to its value
     * @throws IllegalArgumentException if the file is invalid; the message has place and remedy
     */
    public <R, S> S read(String name, Form<R> form, Function<R, S> check) {
        try {
            return check.apply(raw(name, form, new HashSet<>()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(origins.get(name) + ": " + e.getMessage(), e);
        }
    }

    private <R> R raw(String name, Form<R> form, Set<String> seen) {
        var text = texts.get(name);
        if (text == null || !seen.add(name))
            throw new IllegalArgumentException("'extend' names '" + name.replace(PROGRAMS, "") + "', which "
                    + (text == null ? "does not exist; known are " + origins.keySet() : "extends itself"));
        var raw = parsed(text, form.type());
        var extended = form.extended().apply(raw);
        return extended == null ? raw : form.over().apply(raw, raw(target(name, extended), form, seen));
    }

    /** Resolves a name in a file: the built-in file, if the file itself has that name. */
    private String target(String name, String extended) {
        return extended.equals(name) && texts.containsKey(name + PROGRAMS) ? name + PROGRAMS : extended;
    }

    private static <R> R parsed(String text, Class<R> type) {
        try {
            var raw = YAML.readValue(text, type);
            if (raw == null) throw new IllegalArgumentException("the file is empty");
            return raw;
        } catch (UnrecognizedPropertyException e) {
            var known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    "line " + lineOf(e.getPropertyName(), text) + ": there is no setting '" + e.getPropertyName()
                            + "'; known are " + known,
                    e);
        } catch (JsonProcessingException e) {
            var at = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
            throw new IllegalArgumentException(at + e.getOriginalMessage(), e);
        }
    }

    /** The parser reports an unknown name after it has passed it. */
    private static long lineOf(String name, String text) {
        int at = text.indexOf(name + ":");
        return 1
                + text.substring(0, Math.max(at, 0))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
