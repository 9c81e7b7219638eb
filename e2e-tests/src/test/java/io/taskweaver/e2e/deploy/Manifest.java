package io.taskweaver.e2e.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A part of a YAML document that is looked into by path: {@code at("spec", "replicas")}. What is not there is empty,
 * not an error.
 */
record Manifest(@Nullable Object value) {

    static List<Manifest> all(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var documents = new Yaml(new SafeConstructor(options)).loadAll(Code.text(file));
        return StreamSupport.stream(documents.spliterator(), false)
                .map(Manifest::new)
                .toList();
    }

    /** All documents of all files of a folder. */
    static List<Manifest> allIn(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> all(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Manifest at(Object... path) {
        @Nullable Object found = value;
        for (var step : path) {
            if (found instanceof Map<?, ?> map) found = map.get(step);
            else if (found instanceof List<?> list && step instanceof Integer index && index < list.size())
                found = list.get(index);
            else found = null;
        }
        return new Manifest(found);
    }

    String text() {
        return String.valueOf(value);
    }

    List<Manifest> items() {
        return value instanceof List<?> list ? list.stream().map(Manifest::new).toList() : List.of();
    }

    Map<?, ?> map() {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    Stream<String> keys() {
        return map().keySet().stream().map(String::valueOf);
    }
}
