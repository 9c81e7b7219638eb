package io.taskweaver.model;

import java.util.Locale;
import java.util.Set;

/** Files that are code, by their names. */
public final class SourceFiles {
    /** Endings of languages that are not in {@link Language}. */
    private static final Set<String> OTHERS = Set.of(
            "c", "cc", "cpp", "cxx", "h", "hh", "hpp", "m", "mm", "cs", "fs", "vb", "swift", "scala", "sc", "groovy",
            "clj", "cljs", "rb", "php", "pl", "pm", "lua", "r", "jl", "ex", "exs", "erl", "hs", "ml", "mli", "dart",
            "zig", "nim", "d", "pas", "f90", "cob", "sql", "sh", "bash", "ps1", "vue", "svelte", "html", "css", "scss",
            "proto", "tf", "sol", "asm", "s");

    private SourceFiles() {}

    /** Whether a file is code that could be wrong: no document, configuration or data. */
    public static boolean isSource(String path) {
        var ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Language.of(path).isPresent() || OTHERS.contains(ending);
    }
}
