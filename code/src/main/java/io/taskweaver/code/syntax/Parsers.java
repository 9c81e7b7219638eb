package io.taskweaver.code.syntax;

import io.taskweaver.model.Language;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Parsers of tree-sitter. */
public final class Parsers {
    private Parsers() {}

    /**
     * A new parser, to be closed, for one thread at a time.
     *
     * @throws UnsupportedOperationException if there is none for this platform
     * @throws UncheckedIOException if it cannot be unpacked
     */
    public static TSParser of(Language language) {
        try {
            var parser = new TSParser();
            if (parser.setLanguage(grammar(language))) return parser;
            parser.close();
            throw new UnsupportedOperationException("the parser refuses the grammar of " + language.title());
        } catch (LinkageError e) {
            throw unavailable(language, e);
        } catch (RuntimeException e) {
            // What the library throws where it has no binary for the system or the processor.
            if (e.getClass() == RuntimeException.class) throw unavailable(language, e);
            throw e;
        }
    }

    private static TSLanguage grammar(Language language) {
        return switch (language) {
            case JAVA -> new TreeSitterJava();
            case KOTLIN -> new TreeSitterKotlin();
            case TYPESCRIPT -> new TreeSitterTypescript();
            case TSX -> new TreeSitterTsx();
            case JAVASCRIPT -> new TreeSitterJavascript();
            case PYTHON -> new TreeSitterPython();
            case GO -> new TreeSitterGo();
            case RUST -> new TreeSitterRust();
        };
    }

    /** The library unpacks its binaries when they are used. */
    private static RuntimeException unavailable(Language language, Throwable e) {
        if (StorageFailure.behind(e).isEmpty())
            return new UnsupportedOperationException("no parser of " + language.title() + " for this platform", e);
        return new UncheckedIOException(new IOException(
                "The parser of " + language.title() + " cannot be unpacked into the temporary folder, "
                        + System.getProperty("java.io.tmpdir"),
                e));
    }
}
