package io.taskweaver.code.syntax;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.treesitter.TSLanguage;
import org.treesitter.TSParser;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterKotlin;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterRust;
import org.treesitter.TreeSitterTsx;
import org.treesitter.TreeSitterTypescript;

/** Languages that there is a grammar of. */
public enum Syntax {
    JAVA("Java", TreeSitterJava::new),
    KOTLIN("Kotlin", TreeSitterKotlin::new),
    TYPESCRIPT("TypeScript", TreeSitterTypescript::new),
    TSX("TypeScript", TreeSitterTsx::new),
    JAVASCRIPT("JavaScript", TreeSitterJavascript::new),
    PYTHON("Python", TreeSitterPython::new),
    GO("Go", TreeSitterGo::new),
    RUST("Rust", TreeSitterRust::new);

    private final String title;
    private final Supplier<TSLanguage> grammar;

    Syntax(String title, Supplier<TSLanguage> grammar) {
        this.title = title;
        this.grammar = grammar;
    }

    /** As people write it. */
    public String title() {
        return title;
    }

    /** By the ending of the file's name. */
    public static Optional<Syntax> of(String path) {
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

    /**
     * A new parser, to be closed, for one thread at a time.
     *
     * @throws UnsupportedOperationException if there is none for this platform
     * @throws UncheckedIOException if it cannot be unpacked
     */
    public TSParser parser() {
        try {
            var parser = new TSParser();
            if (parser.setLanguage(grammar.get())) return parser;
            parser.close();
            throw new UnsupportedOperationException("the parser refuses the grammar of " + title);
        } catch (LinkageError e) {
            throw unavailable(e);
        } catch (RuntimeException e) {
            // What the library throws where it has no binary for the system or the processor.
            if (e.getClass() == RuntimeException.class) throw unavailable(e);
            throw e;
        }
    }

    /** The library unpacks its binaries when they are used. */
    private RuntimeException unavailable(Throwable e) {
        if (StorageFailure.behind(e).isEmpty())
            return new UnsupportedOperationException("no parser of " + title + " for this platform", e);
        return new UncheckedIOException(new IOException(
                "The parser of " + title + " cannot be unpacked into the temporary folder, "
                        + System.getProperty("java.io.tmpdir"),
                e));
    }
}
