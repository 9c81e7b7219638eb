package io.taskweaver.model;

import java.util.Locale;
import java.util.Optional;

/** Programming languages whose grammar is known: their declarations are read, and merged files are parsed. */
public enum Language {
    JAVA("Java"),
    KOTLIN("Kotlin"),
    TYPESCRIPT("TypeScript"),
    TSX("TypeScript"),
    JAVASCRIPT("JavaScript"),
    PYTHON("Python"),
    GO("Go"),
    RUST("Rust");

    private final String title;

    Language(String title) {
        this.title = title;
    }

    /** As people write it. */
    public String title() {
        return title;
    }

    /** By the ending of the file's name. */
    public static Optional<Language> of(String path) {
        return Optional.ofNullable(
                switch (path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
                    case "java" -> JAVA;
                    case "kt", "kts" -> KOTLIN;
                    case "ts", "mts", "cts" -> TYPESCRIPT;
                    case "tsx" -> TSX;
                    case "js", "mjs", "cjs", "jsx" -> JAVASCRIPT;
                    case "py", "pyi" -> PYTHON;
                    case "go" -> GO;
                    case "rs" -> RUST;
                    default -> null;
                });
    }
}
