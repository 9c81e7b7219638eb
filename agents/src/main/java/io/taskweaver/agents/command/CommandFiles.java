package io.taskweaver.agents.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads how agents are called: the files that come with the program, and those of a folder of the user, which win. */
final class CommandFiles {
    private static final List<String> PRESETS =
            List.of("aider", "claude", "codex", "copilot", "cursor", "gemini", "opencode", "openhands");
    private static final String SUFFIX = ".yaml";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, String> origins = new TreeMap<>();

    /**
     * @param folder files {@code <name>.yaml} of a user
     * @throws IllegalArgumentException if the folder can not be read, or holds a file with a name that no agent can have
     */
    CommandFiles(Optional<Path> folder) {
        for (var name : PRESETS) add(name, resource(name + SUFFIX), name + SUFFIX + " of the program");
        folder.ifPresent(this::read);
    }

    private void read(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                if (!name.endsWith(SUFFIX)) continue;
                add(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file), file.toString());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("can not read the folder of agents " + folder + ": " + e, e);
        }
    }

    private void add(String name, String text, String origin) {
        if (!NAME.matcher(name).matches())
            throw new IllegalArgumentException(origin + ": the name of an agent has small letters, digits and dashes,"
                    + " and begins with a letter");
        var before = texts.put(name, text);
        // A file of the same name that extends what it replaces.
        if (before != null) texts.put(name + "@program", before);
        origins.put(name, origin);
    }

    /** The names of all agents that are described. */
    Set<String> names() {
        return origins.keySet();
    }

    String text(String name) {
        var text = texts.get(name);
        if (text == null) throw new IllegalArgumentException("there is no agent '" + name + "'; known are " + names());
        return text;
    }

    /**
     * How one is called.
     *
     * @throws IllegalArgumentException if its file is wrong; the message says where and what to do
     */
    CommandSpec spec(String name) {
        try {
            return raw(name, new HashSet<>()).checked();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(origins.get(name) + ": " + e.getMessage(), e);
        }
    }

    private CommandSpec.Raw raw(String name, Set<String> seen) {
        var text = texts.get(name);
        if (text == null || !seen.add(name))
            throw new IllegalArgumentException("'extend' names '" + name.replace("@program", "") + "', which "
                    + (text == null ? "is not there; known are " + origins.keySet() : "extends itself"));
        var raw = parsed(text);
        if (raw.extend() == null) return raw;
        boolean own = raw.extend().equals(name) && texts.containsKey(name + "@program");
        return raw.over(raw(own ? name + "@program" : raw.extend(), seen));
    }

    private static CommandSpec.Raw parsed(String text) {
        try {
            var raw = YAML.readValue(text, CommandSpec.Raw.class);
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

    /** The parser is beyond a name when it finds that nobody knows it. */
    private static long lineOf(String name, String text) {
        int at = text.indexOf(name + ":");
        return 1
                + text.substring(0, Math.max(at, 0))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private static String resource(String name) {
        try (InputStream in = CommandFiles.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the program lacks its file " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
