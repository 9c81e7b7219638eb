package io.taskweaver.model;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Languages that source files are written in, by the endings of their names; of more than a grammar is known for. */
public final class SourceLanguages {
    /** As people write it. */
    public static final String JAVA = "Java";

    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("java", JAVA),
            Map.entry("kt", "Kotlin"),
            Map.entry("scala", "Scala"),
            Map.entry("groovy", "Groovy"),
            Map.entry("clj", "Clojure"),
            Map.entry("ts", "TypeScript"),
            Map.entry("mts", "TypeScript"),
            Map.entry("cts", "TypeScript"),
            Map.entry("tsx", "TypeScript"),
            Map.entry("js", "JavaScript"),
            Map.entry("jsx", "JavaScript"),
            Map.entry("mjs", "JavaScript"),
            Map.entry("cjs", "JavaScript"),
            Map.entry("py", "Python"),
            Map.entry("go", "Go"),
            Map.entry("rs", "Rust"),
            Map.entry("rb", "Ruby"),
            Map.entry("php", "PHP"),
            Map.entry("cs", "C#"),
            Map.entry("swift", "Swift"),
            Map.entry("dart", "Dart"),
            Map.entry("ex", "Elixir"),
            Map.entry("exs", "Elixir"),
            Map.entry("c", "C"),
            Map.entry("cc", "C++"),
            Map.entry("cpp", "C++"));

    private SourceLanguages() {}

    /** The language of a file, by the ending of its name. */
    public static Optional<String> of(String path) {
        return Optional.ofNullable(
                BY_ENDING.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
    }
}
