package io.taskweaver.client;

import io.taskweaver.wire.connection.ClusterSettings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A file that says how a Kafka and its registry are reached, in Kafka's property form: what Kafka's own tools take by {@code
 * --command-config}, and the names of {@link ClusterSettings} besides.
 *
 * @param settings that it makes
 * @param notes what a person should know of it, a sentence each; without secrets
 */
public record ConnectionFile(ClusterSettings settings, List<String> notes) {
    /** Name of the one that a local runtime writes into its data folder. */
    public static final String OF_RUNTIME = "client.properties";

    private static final Pattern SECRET =
            Pattern.compile(".*(password|secret|\\.jaas\\.config|user\\.info|keystore\\.key|token)$");

    public ConnectionFile {
        notes = List.copyOf(notes);
    }

    /**
     * Reads a file, UTF-8.
     *
     * @throws InvalidInput if it cannot be read, saying why
     */
    public static ConnectionFile read(Path file) {
        var properties = new Once();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new InvalidInput("There is no file " + file + ".");
        } catch (CharacterCodingException e) {
            throw new InvalidInput("The file " + file + " is not UTF-8.");
        } catch (IOException e) {
            throw new InvalidInput("The file " + file + " cannot be read: " + e.getMessage() + ".");
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("The file " + file + " is not a properties file: " + e.getMessage() + ".");
        }
        var values = new HashMap<String, String>();
        properties.forEach((name, value) ->
                values.put(name.toString().strip(), value.toString().strip()));
        var settings = new ClusterSettings(values);
        return new ConnectionFile(settings, notes(file, properties, settings));
    }

    private static List<String> notes(Path file, Once properties, ClusterSettings settings) {
        var notes = new ArrayList<String>();
        for (var name : properties.repeated)
            notes.add(file + " says " + name + " more than once; the last one counts.");
        settings.unknown()
                .forEach((name, similar) -> notes.add(file + " says " + name
                        + ", which is not a setting of Kafka's clients"
                        + similar.map(known -> "; was " + known + " meant?").orElse("; it is passed to plug-ins.")));
        if (holdsSecrets(settings.values()) && isReadByOthers(file))
            notes.add(file + " contains secrets and is readable by other users. Run: chmod 600 " + file);
        return notes;
    }

    private static boolean holdsSecrets(Map<String, String> values) {
        return values.entrySet().stream()
                .anyMatch(entry -> SECRET.matcher(entry.getKey()).matches()
                        && !entry.getValue().startsWith("${")
                        && !entry.getKey().endsWith(".endpoint"));
    }

    private static boolean isReadByOthers(Path file) {
        try {
            var modes = Files.getPosixFilePermissions(file);
            return modes.contains(PosixFilePermission.GROUP_READ) || modes.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // Where there are no such modes, none is too wide.
        }
    }

    /** Remembers which names came more than once. */
    private static final class Once extends Properties {
        private static final long serialVersionUID = 1L;

        private final TreeSet<String> repeated = new TreeSet<>();

        @Override
        public synchronized Object put(Object name, Object value) {
            if (containsKey(name)) repeated.add(name.toString());
            return super.put(name, value);
        }
    }
}
