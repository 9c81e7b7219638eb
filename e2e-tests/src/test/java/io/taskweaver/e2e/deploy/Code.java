package io.taskweaver.e2e.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the sources say about settings, ports, flags and meters. */
final class Code {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern NESTED = Pattern.compile("\\binterface (\\w+)(?: extends (\\w+))? \\{");
    private static final Pattern SETTING = Pattern.compile("^\\s*[\\w.<>]+ (\\w+)\\(\\);$");
    private static final Pattern NAMED = Pattern.compile("@WithName\\(\"([^\"]+)\"\\)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:taskweaver|kafka)\\.[a-z][a-z.-]*[a-z])\"");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^:}]+)");

    private static final Pattern COMMENT = Pattern.compile("//.*|(?s:/\\*.*?\\*/)");
    private static final Pattern WORD = Pattern.compile("\\b[A-Z]\\w+");

    private Code() {}

    /** Names of environment variables that some setting of a module is taken from. */
    static Set<String> environmentOf(String module) {
        var names = new TreeSet<String>();
        Consumer<String> setting = name -> names.add(environmentName(name));
        for (var file : files(module, "src/main/resources", ".properties")) properties(file, setting);
        var sources = new ArrayDeque<String>();
        for (var file : files(module, "src/main/java", ".java")) sources.add(text(file));
        var shared = new HashMap<String, Path>();
        for (var file : files("wire", "src/main/java", ".java"))
            if (!isOfMeters(file)) shared.put(file.getFileName().toString().replace(".java", ""), file);
        while (!sources.isEmpty()) {
            var source = sources.remove();
            source(source, setting);
            // What a class of the wire uses of the others is a setting of who uses that class.
            WORD.matcher(COMMENT.matcher(source).replaceAll(""))
                    .results()
                    .map(word -> shared.remove(word.group()))
                    .filter(Objects::nonNull)
                    .forEach(used -> sources.add(text(used)));
        }
        return names;
    }

    /** Names of meters look like those of settings. */
    private static boolean isOfMeters(Path file) {
        return typeOf(file).contains(".metrics.");
    }

    private static String typeOf(Path file) {
        var path = file.toString().replace('\\', '/');
        return path.substring(path.indexOf("/src/main/java/") + "/src/main/java/".length())
                .replace(".java", "")
                .replace('/', '.');
    }

    /** The port that a service listens on when it runs alone. */
    static String portOf(String module) {
        return property(module, "quarkus.http.port");
    }

    static boolean sourcesContain(String module, String text) {
        return files(module, "src/main/java", ".java").stream()
                .anyMatch(file -> text(file).contains(text));
    }

    /** How MicroProfile Config derives an environment variable from a setting. */
    static String environmentName(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String property(String module, String name) {
        return files(module, "src/main/resources", "application.properties").stream()
                .map(file -> load(file).getProperty(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(module + " does not set " + name));
    }

    private static void properties(Path file, Consumer<String> setting) {
        load(file).forEach((name, value) -> {
            setting.accept(name.toString());
            EXPRESSION.matcher(value.toString()).results().forEach(found -> setting.accept(found.group(1)));
        });
    }

    private static void source(String source, Consumer<String> setting) {
        LITERAL.matcher(source).results().forEach(found -> setting.accept(found.group(1)));
        var mapping = MAPPING.matcher(source);
        if (mapping.find()) mapped(mapping.group(1), source, setting);
    }

    /** Settings of a mapping interface; what a nested interface declares stands under the method that returns it. */
    private static void mapped(String prefix, String source, Consumer<String> setting) {
        var open = new ArrayDeque<String>();
        var name = "";
        for (var line : source.lines().toList()) {
            var nested = NESTED.matcher(line);
            if (nested.find()) open.push(nested.group(1));
            var named = NAMED.matcher(line);
            if (named.find()) name = named.group(1);
            var method = SETTING.matcher(line);
            if (method.find()) {
                var own = name.isEmpty() ? kebab(method.group(1)) : name;
                for (var group : groups(open.getFirst(), source)) setting.accept(prefix + group + "." + own);
                name = "";
            }
            // By its indentation, for methods with a body end by the same sign.
            if (!open.isEmpty() && line.equals("    ".repeat(open.size() - 1) + "}")) open.pop();
        }
    }

    /** Where settings of a nested interface stand: under each method that returns it or one that extends it. */
    private static List<String> groups(String type, String source) {
        var types = Stream.concat(
                Stream.of(type),
                NESTED.matcher(source)
                        .results()
                        .filter(found -> type.equals(found.group(2)))
                        .map(found -> found.group(1)));
        var groups = types.flatMap(each -> Pattern.compile("^\\s*" + each + " (\\w+)\\(\\);$", Pattern.MULTILINE)
                        .matcher(source)
                        .results()
                        .map(found -> "." + kebab(found.group(1))))
                .toList();
        return groups.isEmpty() ? List.of("") : groups;
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Properties load(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String module, String folder, String end) {
        var root = ROOT.resolve(module).resolve(folder);
        if (!Files.isDirectory(root)) return List.of();
        try (var walk = Files.walk(root)) {
            return walk.filter(file -> file.toString().endsWith(end)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
